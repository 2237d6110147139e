import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CLAIM_MS, type ClaimedMail, MailQueue } from './mail-queue.service.js';
import { DeliveryFailure, MailTransport } from './mail-transport.js';
import { Outbox } from './outbox.service.js';

/** How many mails one node sends at once. */
export const LANES = 4;
/** How often a node looks for mails that are due. */
const LOOK_EVERY_MS = 500;
/** No mail is sent for longer than this, however slowly its peer answers: far less than a claim lasts. */
const SEND_MS = 25_000;
/** How long a stop lets the mails finish that are being sent. */
const STOP_MS = 4_000;

/**
 * Sends the mails that are owed, beside the requests and never in their way. At least once each: a worker that dies
 * between the peer's "250" and the mark leaves a mail that another one sends again, under the same Message-ID.
 */
@Injectable()
export class MailWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Mail');
  private readonly stopped = new AbortController();
  private readonly lanes = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private stopping = false;
  private cutOff = false;

  constructor(
    private readonly queue: MailQueue,
    private readonly outbox: Outbox,
    private readonly transport: MailTransport,
  ) {}

  onApplicationBootstrap(): void {
    this.look();
  }

  /** Lets the mails that are being sent finish, for a few seconds; whatever is left another node sends. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    const late = setTimeout(() => this.stopped.abort(), STOP_MS);
    await Promise.all(this.lanes);
    clearTimeout(late);
    this.transport.close();
  }

  private look(): void {
    this.openLane();
    this.timer = setTimeout(() => this.look(), LOOK_EVERY_MS);
    this.timer.unref();
  }

  /** One more lane, where there is room: it sends mail after mail until none is due. */
  private openLane(): void {
    if (this.stopping || this.lanes.size >= LANES) return;
    const lane: Promise<void> = this.drive().finally(() => this.lanes.delete(lane));
    this.lanes.add(lane);
  }

  private async drive(): Promise<void> {
    try {
      for (;;) {
        const mail = this.stopping ? null : await this.queue.claim();
        this.reconnected();
        if (!mail) break;
        // where one mail is due, others may be
        this.openLane();
        await this.send(mail);
      }
    } catch (error) {
      this.lost(error);
    }
  }

  private async send(mail: ClaimedMail): Promise<void> {
    const failure = await this.deliver(mail);
    if (!failure) return this.done(mail);
    const event = { mailId: mail.id, attempt: mail.attempts, reason: failure.reason };
    if (failure.final) {
      await this.queue.giveUp(mail, failure.reason);
      this.logger.warn({ event: 'mail_refused', ...event });
      return;
    }
    const pause = await this.queue.postpone(mail, failure.reason);
    if (pause === undefined) this.logger.error({ event: 'mail_given_up', ...event });
    else this.logger.warn({ event: 'mail_deferred', ...event, againInMs: pause });
  }

  private async deliver(mail: ClaimedMail): Promise<DeliveryFailure | undefined> {
    const signal = AbortSignal.any([this.stopped.signal, AbortSignal.timeout(SEND_MS)]);
    try {
      const content = this.outbox.open(mail.sealedContent);
      await this.transport.deliver({ ...content, to: mail.recipient, messageId: mail.messageId }, signal);
      return undefined;
    } catch (error) {
      if (error instanceof DeliveryFailure) return error;
      const reason = error instanceof Error ? error.name : 'unknown';
      return new DeliveryFailure(reason, false, { cause: error });
    }
  }

  /** The peer has the mail: as long as nobody else may send it again, PostgreSQL gets the time to come back. */
  private async done(mail: ClaimedMail): Promise<void> {
    const deadline = Date.now() + CLAIM_MS - SEND_MS - 10_000;
    for (;;) {
      try {
        return await this.queue.markSent(mail);
      } catch (error) {
        if (this.stopping || Date.now() > deadline) throw error;
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      }
    }
  }

  /** PostgreSQL is away: said once, not once a second. */
  private lost(error: unknown): void {
    if (!this.cutOff) this.logger.warn({ event: 'mail_queue_unreachable', error });
    this.cutOff = true;
  }

  private reconnected(): void {
    if (this.cutOff) this.logger.log({ event: 'mail_queue_reached' });
    this.cutOff = false;
  }
}
