import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '@gatehouse/config';
import { MailQueue } from './mail-queue.service.js';
import { MailTransport } from './mail-transport.js';
import { LANES, MailWorker } from './mail-worker.service.js';
import { MailModule } from './mail.module.js';
import { MailboxTransport } from './mailbox.transport.js';
import { SmtpTransport } from './smtp.transport.js';

/** What sends the mails. For the service alone: a command line that writes a mail leaves it to the service. */
@Module({
  imports: [MailModule],
  providers: [
    MailQueue,
    MailWorker,
    {
      provide: MailTransport,
      inject: [CONFIG],
      useFactory: ({ mail }: Config): MailTransport =>
        mail.server ? new SmtpTransport(mail.server, mail.from, LANES) : new MailboxTransport(),
    },
  ],
})
export class MailDeliveryModule {}
