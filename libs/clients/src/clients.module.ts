import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Client } from './client.entity.js';
import { ClientSecret } from './client-secret.entity.js';
import { Clients } from './clients.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Client, ClientSecret])],
  providers: [Clients],
  exports: [Clients],
})
export class ClientsModule {}
