import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ServiceHealth } from '@gatehouse/auth';
import { Documented, type Shown } from '@gatehouse/contract-kit';
import { Readiness } from './readiness.js';
import * as operations from './operations.openapi.js';

/** For orchestrators and load balancers. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly service: ServiceHealth,
    private readonly readiness: Readiness,
  ) {}

  /** The process runs and answers; says nothing of what it depends on. */
  @Get('live')
  @Documented(operations.live)
  live(): Shown<typeof operations.Live> {
    return { status: 'ok' };
  }

  /** The node can do its work and wants requests; else 503. */
  @Get('ready')
  @Documented(operations.ready)
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Shown<typeof operations.Ready>> {
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
