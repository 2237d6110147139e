import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CONFIG, type Config } from '@gatehouse/config';
import { Clock } from '@gatehouse/kernel';
import { Database, millis, nowPlus, type Statement, Sweeps } from '@gatehouse/database';

/** A mail that this worker alone may send until the claim runs out. */
export interface ClaimedMail {
  readonly id: string;
  readonly recipient: string;
  readonly messageId: string;
  readonly sealedContent: string;
  /** How often it has been claimed, this time included. */
  readonly attempts: number;
}

/** How long a claim lasts. A worker that died leaves its mail for the others after that. */
export const CLAIM_MS = 60_000;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 3_600_000;
/** With these pauses about four days. */
const MOST_ATTEMPTS = 100;
/** How long production remembers to whom it has written. */
const REMEMBERED_MS = 30 * 86_400_000;

const OWED = 'sent_at IS NULL AND failed_at IS NULL';

const claim: Statement = {
  name: 'mail.claim',
  text: `
    UPDATE mails SET attempts = attempts + 1, next_attempt_at = ${nowPlus(1)} + ${millis(2)}
    WHERE id = (
      SELECT id FROM mails WHERE ${OWED} AND next_attempt_at <= ${nowPlus(1)}
      ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, recipient, message_id, sealed_content, attempts`,
};

// Whoever's claim it is by now: the peer has it.
const markSent: Statement = {
  name: 'mail.sent',
  text: `
    UPDATE mails SET sent_at = ${nowPlus(2)}, failed_at = NULL, failure = NULL,
      sealed_content = CASE WHEN $3 THEN sealed_content END
    WHERE id = $1 AND sent_at IS NULL`,
};

const postpone: Statement = {
  name: 'mail.postpone',
  text: `
    UPDATE mails SET next_attempt_at = ${nowPlus(3)} + ${millis(4)}
    WHERE id = $1 AND attempts = $2 AND ${OWED}`,
};

const giveUp: Statement = {
  name: 'mail.give_up',
  text: `
    UPDATE mails SET failed_at = ${nowPlus(3)}, failure = $4,
      sealed_content = CASE WHEN $5 THEN sealed_content END
    WHERE id = $1 AND attempts = $2 AND ${OWED}`,
};

const forget: Statement = {
  name: 'mail.forget',
  text: `
    WITH gone AS (
      DELETE FROM mails WHERE id = ANY(ARRAY(
        SELECT id FROM mails
        WHERE (sent_at IS NOT NULL OR failed_at IS NOT NULL) AND created_at < ${nowPlus(1)} - ${millis(2)}
        ORDER BY created_at LIMIT $3 FOR UPDATE SKIP LOCKED))
      RETURNING 1
    )
    SELECT count(*)::int AS removed FROM gone`,
};

interface Row {
  readonly id: string;
  readonly recipient: string;
  readonly message_id: string;
  readonly sealed_content: string;
  readonly attempts: number;
}

/** Milliseconds until the next try: 5 s, then twice as long each time, up to an hour. */
export const pauseAfter = (attempts: number): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS);

/**
 * The mails that are owed, as a queue for any number of workers on any number of nodes. The table is the queue: there
 * is no second record that could disagree about what was sent.
 */
@Injectable()
export class MailQueue implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly sweeps: Sweeps,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.sweeps.add({ name: 'mails', removeSome: (limit) => this.forgetOld(limit) });
  }

  /** The mail that is due the longest, for this worker alone; null where none is. */
  async claim(): Promise<ClaimedMail | null> {
    const [row] = await this.database.run<Row>(claim, [this.clock.offsetMs, CLAIM_MS]);
    if (!row) return null;
    const { id, recipient, attempts } = row;
    return { id, recipient, attempts, messageId: row.message_id, sealedContent: row.sealed_content };
  }

  /** The peer has taken it. */
  async markSent({ id }: ClaimedMail): Promise<void> {
    await this.database.run(markSent, [id, this.clock.offsetMs, this.config.mail.keepContent]);
  }

  /** To be tried again: gives in how many milliseconds, or undefined where it was tried often enough and given up. */
  async postpone(mail: ClaimedMail, reason: string): Promise<number | undefined> {
    if (mail.attempts >= MOST_ATTEMPTS) {
      await this.giveUp(mail, reason);
      return undefined;
    }
    const pause = pauseAfter(mail.attempts);
    await this.database.run(postpone, [mail.id, mail.attempts, this.clock.offsetMs, pause]);
    return pause;
  }

  /** Never to be tried again. @param reason without the address */
  async giveUp({ id, attempts }: ClaimedMail, reason: string): Promise<void> {
    const { keepContent } = this.config.mail;
    await this.database.run(giveUp, [id, attempts, this.clock.offsetMs, reason, keepContent]);
  }

  /** Removes at most `limit` mails that are done with and a month old, and gives how many; none where the mailbox shows them. */
  async forgetOld(limit: number): Promise<number> {
    if (this.config.mail.keepContent) return 0;
    const [row] = await this.database.run<{ removed: number }>(forget, [
      this.clock.offsetMs,
      REMEMBERED_MS,
      limit,
    ]);
    return row?.removed ?? 0;
  }
}
