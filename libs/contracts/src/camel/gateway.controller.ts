import { Controller, Get, HttpCode, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ServiceHealth, TokenValidation } from '@gatehouse/auth';
import { ValidBody } from '@gatehouse/contract-kit';
import { presentHealth, presentValidation } from './camel.present.js';
import { ValidateDto } from './dto/tokens.dto.js';

/** What API gateways ask. */
@ApiTags('camel')
@Controller('api/v1/auth')
export class GatewayController {
  constructor(
    private readonly validation: TokenValidation,
    private readonly service: ServiceHealth,
  ) {}

  @Post('validate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Validate a token: 200 for every string, valid or not' })
  async validate(@ValidBody() { token }: ValidateDto) {
    return presentValidation(await this.validation.validate(token));
  }

  @Get('health')
  @ApiOperation({ summary: 'Whether the service can do its work' })
  async health(@Res({ passthrough: true }) reply: FastifyReply) {
    const health = await this.service.check();
    if (!health.healthy) void reply.code(503).header('Retry-After', '2');
    return presentHealth(health);
  }
}
