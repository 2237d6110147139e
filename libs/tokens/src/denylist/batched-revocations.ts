import type { SessionId } from '@gatehouse/kernel';
import type { Database, Statement } from '@gatehouse/database';

const valuesOf: Statement = {
  name: 'tokens.revocations-of',
  text: 'SELECT sid, value FROM revocations WHERE sid = ANY($1::uuid[])',
};

/** How many batches may be on their way at once; the others collect in the meantime. */
const AT_ONCE = 2;

interface Waiting {
  readonly resolve: (value: string | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Asks PostgreSQL for revocations, many sessions by one statement. A question joins a batch that is not sent yet,
 * never one on its way: the answer must be newer than the question.
 */
export class BatchedRevocations {
  private collecting = new Map<SessionId, Waiting[]>();
  private running = 0;
  private scheduled = false;

  constructor(private readonly database: Database) {}

  /** The session's value, or undefined where nothing is revoked. Throws what the driver throws. */
  valueOf(sid: SessionId): Promise<string | undefined> {
    return new Promise((resolve, reject) => {
      const waiting = this.collecting.get(sid);
      if (waiting) waiting.push({ resolve, reject });
      else this.collecting.set(sid, [{ resolve, reject }]);
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.scheduled || this.running >= AT_ONCE || this.collecting.size === 0) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      void this.send();
    });
  }

  private async send(): Promise<void> {
    const batch = this.collecting;
    this.collecting = new Map();
    this.running++;
    try {
      const rows = await this.database.run<{ sid: SessionId; value: string }>(valuesOf, [[...batch.keys()]]);
      const values = new Map(rows.map(({ sid, value }) => [sid, value]));
      for (const [sid, waiting] of batch) waiting.forEach(({ resolve }) => resolve(values.get(sid)));
    } catch (error) {
      for (const waiting of batch.values()) waiting.forEach(({ reject }) => reject(error));
    } finally {
      this.running--;
      this.schedule();
    }
  }
}
