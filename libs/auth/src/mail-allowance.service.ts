import { Injectable } from '@nestjs/common';
import type { Runner } from '@gatehouse/database';
import { Throttle } from '@gatehouse/guessing';

/** Mails that are counted together. */
export type MailGroup = 'reset' | 'verification';

/** How many mails one recipient gets (THROTTLE_MAIL_TARGET). Who asks for more is answered as if they were sent. */
@Injectable()
export class MailAllowance {
  constructor(private readonly throttle: Throttle) {}

  /**
   * Counts a mail and says whether it may be sent. To be asked for every recipient, known or not, or the difference
   * would tell.
   * @param runner the transaction that writes the mail: where it is rolled back the next try must get through
   * @param emailKey the recipient's address, normalised
   */
  async take(runner: Runner, group: MailGroup, emailKey: string): Promise<boolean> {
    const target = `${group} ${this.throttle.disguise(emailKey)}`;
    return (await this.throttle.take('mail', { target }, runner)) === undefined;
  }
}
