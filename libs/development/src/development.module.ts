import { Module } from '@nestjs/common';
import { ClientsModule } from '@gatehouse/clients';
import { MailModule } from '@gatehouse/mail';
import { UsersModule } from '@gatehouse/users';
import { MailboxController } from './mailbox.controller.js';
import { Seeds } from './seeds.service.js';

/** What exists in development mode alone. */
@Module({
  imports: [UsersModule, ClientsModule, MailModule],
  controllers: [MailboxController],
  providers: [Seeds],
  exports: [Seeds],
})
export class DevelopmentModule {}
