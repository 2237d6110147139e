import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Documented } from '@gatehouse/contract-kit';
import { Metrics } from './metrics.service.js';
import * as operations from '../operations.openapi.js';

/** `/metrics` on every port of the service, where METRICS_PORT is `public`. */
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Documented(operations.metrics)
  async get(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { contentType, text } = await this.metrics.expose();
    void reply.header('Content-Type', contentType);
    return text;
  }
}
