import type { MailContent } from './templates.js';

/** A mail on its way. */
export interface OutgoingMail extends MailContent {
  readonly to: string;
  /** Unique, and the same at every attempt (the left side of a Message-ID, RFC 5322 §3.6.4). */
  readonly messageId: string;
}

/** The peer has not taken the mail. */
export class DeliveryFailure extends Error {
  override readonly name = 'DeliveryFailure';
  /**
   * @param reason for the log and the table: never with the recipient's address in it
   * @param final whether another attempt would fail alike (RFC 5321 §4.2.1, codes 5yz)
   */
  constructor(
    readonly reason: string,
    readonly final: boolean,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** Hands mails over: by SMTP, or to the development mailbox. */
export abstract class MailTransport {
  /**
   * Returns when the peer has taken the mail; throws DeliveryFailure where it has not, or not certainly.
   * @param signal gives up at once; whether the peer has taken the mail is then unknown
   */
  abstract deliver(mail: OutgoingMail, signal: AbortSignal): Promise<void>;

  /** Closes its connections, also those that still send. */
  abstract close(): void;
}
