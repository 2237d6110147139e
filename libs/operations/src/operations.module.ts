import { type DynamicModule, Module } from '@nestjs/common';
import { AuthModule } from '@gatehouse/auth';
import type { Config } from '@gatehouse/config';
import { GuessingModule } from '@gatehouse/guessing';
import { MailModule } from '@gatehouse/mail';
import { TokensModule } from '@gatehouse/tokens';
import { UsersModule } from '@gatehouse/users';
import { ExpiredRows } from './expired-rows.service.js';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { Metrics } from './metrics/metrics.service.js';
import { RequestMetrics } from './metrics/request-metrics.js';
import { StoredFigures } from './metrics/stored-figures.service.js';
import { Readiness } from './readiness.js';

@Module({})
export class OperationsModule {
  /** @param requests what counts the requests of this service */
  static for({ metricsPort }: Config, requests: RequestMetrics): DynamicModule {
    return {
      module: OperationsModule,
      imports: [AuthModule, GuessingModule, MailModule, TokensModule, UsersModule],
      controllers: [HealthController, ...(metricsPort === 'public' ? [MetricsController] : [])],
      providers: [
        Readiness,
        ExpiredRows,
        Metrics,
        StoredFigures,
        { provide: RequestMetrics, useValue: requests },
      ],
      exports: [Readiness, Metrics],
    };
  }
}
