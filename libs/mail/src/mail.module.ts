import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Mail } from './mail.entity.js';
import { Outbox } from './outbox.service.js';

@Module({ imports: [TypeOrmModule.forFeature([Mail])], providers: [Outbox], exports: [Outbox] })
export class MailModule {}
