import { Controller, Delete, Get, HttpCode, Param, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, SessionManagement } from '@gatehouse/auth';
import {
  AccessTokenGuard,
  CurrentCaller,
  CurrentToken,
  Documented,
  linksOf,
  SessionIdParam,
  UserIdParam,
  ValidQuery,
} from '@gatehouse/contract-kit';
import type { SessionId, UserId } from '@gatehouse/kernel';
import type { AccessToken } from '@gatehouse/tokens';
import { EndSessionsQueryDto, SessionsQueryDto } from './dto/sessions.query.dto.js';
import * as operations from './token.openapi.js';
import { presentSessions } from './token.present.js';

@Controller('v1/sessions')
@UseGuards(AccessTokenGuard)
export class SessionsController {
  constructor(private readonly sessions: SessionManagement) {}

  @Get('users/:userId')
  @Documented(operations.listSessions)
  async list(
    @CurrentToken() token: AccessToken,
    @Param('userId', UserIdParam) userId: UserId,
    @ValidQuery() query: SessionsQueryDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const paging = { page: query.page, perPage: query.per_page };
    const page = await this.sessions.list(token, userId, paging, query.active);
    void reply.header('Link', linksOf(request.originalUrl, page));
    return presentSessions(page);
  }

  @Delete(':sessionId')
  @HttpCode(204)
  @Documented(operations.endSession)
  async end(
    @CurrentToken() token: AccessToken,
    @Param('sessionId', SessionIdParam) id: SessionId,
    @CurrentCaller() caller: Caller,
  ) {
    await this.sessions.end(token, id, caller);
  }

  @Delete('users/:userId')
  @HttpCode(204)
  @Documented(operations.endSessions)
  async endAll(
    @CurrentToken() token: AccessToken,
    @Param('userId', UserIdParam) userId: UserId,
    @ValidQuery() query: EndSessionsQueryDto,
    @CurrentCaller() caller: Caller,
  ) {
    await this.sessions.endAll(token, userId, query.except_current, caller);
  }
}
