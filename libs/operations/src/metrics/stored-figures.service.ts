import { Injectable } from '@nestjs/common';
import { within } from '@gatehouse/kernel';
import { Outbox } from '@gatehouse/mail';
import { RevocationFigures } from '@gatehouse/tokens';

/** What PostgreSQL alone knows, of all nodes together. */
export interface Stored {
  /** Live revocations that the denylist is not known to hold. */
  readonly unpublished: number;
  /** Mails that are neither sent nor given up. */
  readonly owed: number;
}

/** How long a scrape waits for PostgreSQL. */
const LIMIT_MS = 800;

@Injectable()
export class StoredFigures {
  private pending: Promise<Stored> | undefined;

  constructor(
    private readonly revocations: RevocationFigures,
    private readonly outbox: Outbox,
  ) {}

  /** Undefined where PostgreSQL does not say it in time. Never throws. */
  look(): Promise<Stored | undefined> {
    // However many scrapes wait for a PostgreSQL that hangs, they hold two connections.
    this.pending ??= this.ask().finally(() => (this.pending = undefined));
    return within(LIMIT_MS, this.pending).catch(() => undefined);
  }

  private async ask(): Promise<Stored> {
    const [unpublished, owed] = await Promise.all([this.revocations.unpublished(), this.outbox.owed()]);
    return { unpublished, owed };
  }
}
