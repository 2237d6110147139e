import { Controller, Get, Query, Req, Res, UseGuards } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isStorableText } from '@gatehouse/kernel';
import { Outbox } from '@gatehouse/mail';
import { presentMail } from './development.present.js';
import { MailDto } from './dto/mail.dto.js';
import { ApiProblems } from './dto/problem.dto.js';
import { LoopbackGuard } from './loopback.guard.js';
import { MAILBOX_HEADERS, mailboxPage } from './mailbox.page.js';

/** As many mails as a person scrolls through. */
const SHOWN = 100;

/** The development mailbox: every mail that the service would send. */
@ApiTags('dev')
@ApiExtraModels(MailDto)
@Controller('dev/mailbox')
@UseGuards(LoopbackGuard)
export class MailboxController {
  constructor(private readonly outbox: Outbox) {}

  /** HTML for a browser; with `Accept: application/json` a list, newest first. `?to=` filters by address. */
  @Get()
  @ApiOperation({
    operationId: 'listMails',
    summary: 'List the mails that the service has written, newest first',
  })
  @ApiQuery({
    name: 'to',
    required: false,
    description: 'Only those to this address',
    example: 'user@example.com',
  })
  @ApiOkResponse({
    description: 'The newest 100; a page where the request does not accept JSON',
    content: {
      'application/json': { schema: { type: 'array', items: { $ref: getSchemaPath(MailDto) } } },
      'text/html': { schema: { type: 'string' } },
    },
  })
  @ApiProblems(403, 503)
  async list(
    @Query('to') to: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const recipient = typeof to === 'string' && to.trim() !== '' ? to.trim() : undefined;
    const mails = isStorableText(recipient ?? '') ? await this.outbox.newest(SHOWN, recipient) : [];
    if (request.headers.accept?.includes('application/json')) return mails.map(presentMail);
    void reply.headers(MAILBOX_HEADERS);
    return mailboxPage(mails, recipient, SHOWN);
  }
}
