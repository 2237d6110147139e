import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ExpiredSecrets } from './expired-secrets.service.js';
import { OneTimeCode } from './one-time-code.entity.js';
import { OneTimeCodes } from './one-time-codes.service.js';
import { OneTimeSecret } from './one-time-secret.entity.js';
import { OneTimeSecrets } from './one-time-secrets.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([OneTimeSecret, OneTimeCode])],
  providers: [OneTimeSecrets, OneTimeCodes, ExpiredSecrets],
  exports: [OneTimeSecrets, OneTimeCodes],
})
export class SecretsModule {}
