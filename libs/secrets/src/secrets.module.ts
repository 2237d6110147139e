import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OneTimeSecret } from './one-time-secret.entity.js';
import { OneTimeSecrets } from './one-time-secrets.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([OneTimeSecret])],
  providers: [OneTimeSecrets],
  exports: [OneTimeSecrets],
})
export class SecretsModule {}
