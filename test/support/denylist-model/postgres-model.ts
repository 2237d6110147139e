import type { Statement } from '@gatehouse/database';
import type { SessionId } from '@gatehouse/kernel';
import { WHOLE_SESSION } from '../../../libs/tokens/src/revocation-value.js';
import type { World } from './world.js';

export interface RevocationRow {
  value: string;
  keepUntil: number;
  published: boolean;
}

/** What a client asks of the session's row: the end of the session, or the end of its earlier generations from a moment on. */
export type Wish = { readonly kind: 'end' } | { readonly kind: 'outdate'; readonly from: number };

/** So few rows a page, so that a fill takes several statements here. */
const PAGE = 5;

/** PostgreSQL as far as the denylist can tell: each statement happens at one moment, and what it wrote stays. */
export class PostgresModel {
  redisId: string | null = null;
  epoch = 0;
  isUp = true;
  readonly rows = new Map<SessionId, RevocationRow>();
  /** Who holds the advisory lock. */
  lock: object | undefined;
  private frozenUntil = 0;
  /** The sessions as an index has them. */
  private order: SessionId[] | undefined;

  /** @param notify what NOTIFY does. @param locks false: whoever asks has the advisory lock, which decides nothing */
  constructor(
    private readonly world: World,
    private readonly locks: boolean,
    private readonly notify: (change: 'trust' | 'distrust') => void,
  ) {}

  get frozenFor(): number {
    return Math.max(0, this.frozenUntil - this.world.now);
  }

  freeze(ms: number): void {
    this.frozenUntil = Math.max(this.frozenUntil, this.world.now + ms);
  }

  thaw(): void {
    this.frozenUntil = 0;
  }

  get unpublished(): number {
    return [...this.rows.values()].filter(({ published }) => !published).length;
  }

  /** The transaction that ends or moves a session; gives the row that there is then. */
  commit(sid: SessionId, wish: Wish, keepUntil: number): RevocationRow {
    const row = this.rows.get(sid);
    if (row?.value === WHOLE_SESSION) return { ...row };
    const generation = row ? Number(row.value.split('@')[0]) + 1 : 2;
    const value = wish.kind === 'end' ? WHOLE_SESSION : `${generation}@${wish.from}`;
    const written = { value, keepUntil, published: false };
    if (!row) this.order = undefined;
    this.rows.set(sid, written);
    this.world.note(() => `PostgreSQL: committed ${sid} ${value}`);
    return { ...written };
  }

  /** One statement, by its name; conditions that matter are looked for in its text. @param session whose lock it is */
  run({ name, text }: Statement, values: readonly unknown[], session: object): unknown[] {
    switch (name) {
      case 'denylist.look':
        return this.look();
      case 'denylist.trusted':
        return [{ redis_id: this.redisId, epoch: String(this.epoch) }];
      case 'denylist.trust': {
        const [id, epoch] = values as [string, string];
        const sameEpoch = !text.includes('epoch = $2') || epoch === String(this.epoch);
        return this.changes(this.redisId === null && sameEpoch, id);
      }
      case 'denylist.distrust':
        return this.changes(this.redisId !== null && this.redisId === values[0], null);
      case 'denylist.mark-published':
        return this.mark(values as [SessionId[], string[]], text.includes('r.value = written.value'));
      case 'denylist.live-page':
        return this.livePage(values[0] as string);
      case 'tokens.revocations-of':
        return (values[0] as SessionId[])
          .filter((sid) => this.rows.has(sid))
          .map((sid) => ({ sid, value: this.rows.get(sid)?.value }));
      case 'denylist.sweep':
        return [];
      case 'denylist.try-lock':
        if (this.locks && this.lock !== undefined && this.lock !== session) return [{ locked: false }];
        this.lock = session;
        return [{ locked: true }];
      case 'denylist.unlock':
        this.release(session);
        return [{}];
      default:
        throw new Error(`the model does not know the statement ${name}`);
    }
  }

  /** As if this server had been trusted before the run. */
  trusts(id: string): void {
    this.redisId = id;
    this.epoch = 1;
  }

  release(session: object): void {
    if (this.lock === session) this.lock = undefined;
  }

  private look(): unknown[] {
    const said = { redis_id: this.redisId, epoch: String(this.epoch) };
    const rows = [...this.rows].filter(([, { published }]) => this.redisId !== null && !published);
    if (rows.length === 0) return [{ ...said, sid: null, value: null, keep_until: null }];
    return rows.map(([sid, { value, keepUntil }]) => ({
      ...said,
      sid,
      value,
      keep_until: String(keepUntil),
    }));
  }

  private livePage(after: string): unknown[] {
    this.order ??= [...this.rows.keys()].sort();
    return this.order
      .filter((sid) => sid > after)
      .slice(0, PAGE)
      .map((sid) => [sid, this.rows.get(sid) as RevocationRow] as const)
      .map(([sid, { value, keepUntil }]) => ({ sid, value, keep_until: String(keepUntil) }));
  }

  private mark([sids, values]: [SessionId[], string[]], byValue: boolean): unknown[] {
    sids.forEach((sid, i) => {
      const row = this.rows.get(sid);
      if (!row || (byValue && row.value !== values[i])) return;
      row.published = true;
      this.world.note(() => `PostgreSQL: published ${sid} ${row.value}`);
    });
    return [];
  }

  private changes(does: boolean, id: string | null): unknown[] {
    if (!does) return [];
    this.redisId = id;
    this.epoch++;
    this.world.note(() => `PostgreSQL: epoch ${this.epoch}, trusts ${id ?? 'none'}`);
    this.notify(id === null ? 'distrust' : 'trust');
    return [{ pg_notify: '' }];
  }
}
