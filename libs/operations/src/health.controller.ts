import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ServiceHealth } from '@gatehouse/auth';
import { Readiness } from './readiness.js';

/** For orchestrators and load balancers. */
@ApiExcludeController()
@Controller('health')
export class HealthController {
  constructor(
    private readonly service: ServiceHealth,
    private readonly readiness: Readiness,
  ) {}

  /** The process runs and answers; says nothing of what it depends on. */
  @Get('live')
  live() {
    return { status: 'ok' };
  }

  /** The node can do its work and wants requests; else 503. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const { healthy, denylist } = await this.service.check();
    const { source, reason } = denylist;
    const ready = healthy && !this.readiness.isStopping;
    if (!ready) void reply.code(503).header('Retry-After', '2');
    return {
      status: ready ? 'ok' : 'unavailable',
      postgres: healthy ? 'ok' : 'unreachable',
      denylist: { source, ...(reason && { reason }) },
      ...(this.readiness.isStopping && { stopping: true }),
    };
  }
}
