import { Controller, Get, HttpCode, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ServiceHealth, TokenValidation } from '@gatehouse/auth';
import { Documented, ValidBody } from '@gatehouse/contract-kit';
import * as operations from './camel.openapi.js';
import { presentHealth, presentValidation } from './camel.present.js';
import { ValidateDto } from './dto/tokens.dto.js';

/** What API gateways ask. */
@Controller('api/v1/auth')
export class GatewayController {
  constructor(
    private readonly validation: TokenValidation,
    private readonly service: ServiceHealth,
  ) {}

  @Post('validate')
  @HttpCode(200)
  @Documented(operations.validate)
  async validate(@ValidBody() { token }: ValidateDto) {
    return presentValidation(await this.validation.validate(token));
  }

  @Get('health')
  @Documented(operations.health)
  async health(@Res({ passthrough: true }) reply: FastifyReply) {
    const health = await this.service.check();
    if (!health.healthy) void reply.code(503).header('Retry-After', '2');
    return presentHealth(health);
  }
}
