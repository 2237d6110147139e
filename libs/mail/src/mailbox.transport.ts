import { MailTransport } from './mail-transport.js';

/** The development mailbox shows the outbox itself: what was written has arrived. */
export class MailboxTransport extends MailTransport {
  override deliver(): Promise<void> {
    return Promise.resolve();
  }

  override close(): void {
    // nothing is open
  }
}
