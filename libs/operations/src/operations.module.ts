import { Module } from '@nestjs/common';
import { AuthModule } from '@gatehouse/auth';
import { HealthController } from './health.controller.js';
import { Readiness } from './readiness.js';

@Module({
  imports: [AuthModule],
  controllers: [HealthController],
  providers: [Readiness],
  exports: [Readiness],
})
export class OperationsModule {}
