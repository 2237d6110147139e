import { Module } from '@nestjs/common';
import { AuditRetention } from './audit-retention.service.js';
import { Audit } from './audit.service.js';

@Module({ providers: [Audit, AuditRetention], exports: [Audit, AuditRetention] })
export class AuditModule {}
