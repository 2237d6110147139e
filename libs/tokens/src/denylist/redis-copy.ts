import type { SessionId } from '@gatehouse/kernel';
import type { Batch, Copy, Entry, Failed, Found, ServerState } from './copy.js';
import { type Command, RedisConnection, RedisUnreachable } from '@gatehouse/database';
import { COMPLETE, HASH, MARKER, REMOVE, WRITE } from './scripts.js';

/**
 * Replies by which a server says that writes do not reach it, or that the hash is none any more. Before Redis 7, a
 * script's come inside an error of its own: `ERR Error running script (…): @user_script:1: -OOM command not allowed …`.
 */
const REFUSED = /^(?:ERR Error running script\b.*-)?(READONLY|OOM|MISCONF|NOREPLICAS|WRONGTYPE)\b/;
const IDENTITY = /^master_replid:([0-9a-f]{40})\r?$/m;
const POLICY = /^maxmemory_policy:(\S+)\r?$/m;

interface ReadBatch {
  readonly sids: SessionId[];
  readonly waiting: ((found: Batch<Found>) => void)[];
}

/** The copy in Redis, over one connection at a time. A lost connection comes back with the next probe. */
export class RedisCopy implements Copy {
  private connection: RedisConnection | undefined;
  private connecting: Promise<void> | undefined;
  /** The checks of this turn of the event loop, not sent yet. */
  private collecting: ReadBatch | undefined;
  private closed = false;
  private healthy = false;

  constructor(
    private readonly url: string,
    private readonly onReachable: (reachable: boolean, detail?: string) => void,
    private readonly open = (to: string): Promise<RedisConnection> => RedisConnection.open(to),
  ) {}

  get reachable(): boolean {
    return this.healthy && this.connection?.isOpen === true;
  }

  read(sid: SessionId): Promise<Batch<Found>> {
    return new Promise((resolve) => {
      if (!this.collecting) {
        this.collecting = { sids: [], waiting: [] };
        setImmediate(() => void this.send());
      }
      this.collecting.sids.push(sid);
      this.collecting.waiting.push(resolve);
    });
  }

  write(entries: readonly Entry[]): Promise<Batch<{ marker: string | undefined }>> {
    const args = entries.flatMap(({ sid, value, keepUntil }) => [sid, value, keepUntil]);
    return this.verified(['EVAL', WRITE, 1, HASH, ...args], (marker) => ({ marker: textOf(marker) }));
  }

  async begin(token: string): Promise<Batch<unknown>> {
    // What is filled is what all will be told to ask: it must be the server to which the address leads now.
    this.leave();
    try {
      await this.connect();
    } catch (error) {
      return this.failed(error);
    }
    return this.verified(['HSET', HASH, MARKER, token], () => undefined);
  }

  complete(token: string, id: string): Promise<Batch<{ completed: boolean }>> {
    return this.verified(['EVAL', COMPLETE, 1, HASH, token, id], (done) => ({ completed: done === 1 }));
  }

  async probe(): Promise<Batch<ServerState>> {
    try {
      await this.connect();
    } catch (error) {
      return this.failed(error);
    }
    const batch = await this.verified<readonly unknown[]>(
      ['HGET', HASH, MARKER],
      (marker, memory) => [marker, memory],
      [['INFO', 'memory']],
    );
    if (!batch.ok) return batch;
    this.noteHealth(true);
    const [marker, memory] = batch.result;
    return {
      ...batch,
      result: { marker: textOf(marker), policy: POLICY.exec(String(memory))?.[1] ?? 'unknown' },
    };
  }

  async sweep(before: number): Promise<number> {
    let swept = 0;
    for (let cursor = '0'; ;) {
      const [page] = await this.connected().batch([['HSCAN', HASH, cursor, 'COUNT', 500]]);
      if (page instanceof Error) throw page;
      const [next, fields] = page as [string, string[]];
      const over = pairsOf(fields).filter(([, field]) => Number(field.split(';')[1]) < before);
      if (over.length > 0) {
        const [removed] = await this.connected().batch([['EVAL', REMOVE, 1, HASH, ...over.flat()]]);
        swept += Number(removed);
      }
      cursor = next;
      if (cursor === '0') return swept;
    }
  }

  leave(): void {
    const { connection } = this;
    this.connection = undefined;
    connection?.close();
  }

  close(): void {
    this.closed = true;
    this.leave();
  }

  private async connect(): Promise<void> {
    if (this.connection?.isOpen) return;
    await (this.connecting ??= this.reopen().finally(() => (this.connecting = undefined)));
  }

  private async reopen(): Promise<void> {
    const connection = await this.open(this.url);
    if (this.closed) return connection.close();
    connection.onClose(() => {
      if (this.connection === connection && !this.closed) this.noteHealth(false, 'the connection was lost');
    });
    this.connection = connection;
  }

  private connected(): RedisConnection {
    if (!this.connection?.isOpen) throw new RedisUnreachable('there is no connection');
    return this.connection;
  }

  /** Sends what this turn of the event loop has collected: one command for all, and the server's identity behind it. */
  private async send(): Promise<void> {
    const { sids, waiting } = this.collecting as ReadBatch;
    this.collecting = undefined;
    const batch = await this.verified(
      ['HMGET', HASH, MARKER, ...sids],
      (reply) => reply as (string | null)[],
    );
    if (!batch.ok) return waiting.forEach((resolve) => resolve(batch));
    const { ok, identity, result } = batch;
    const marker = textOf(result[0]);
    waiting.forEach((resolve, i) => {
      const field = result[i + 1];
      resolve({ ok, identity, result: { marker, value: field?.slice(0, field.lastIndexOf(';')) } });
    });
  }

  /** One command, what goes with it, and who answered: on one connection, in one write. */
  private async verified<T>(
    command: Command,
    result: (reply: unknown, next: unknown) => T,
    more: readonly Command[] = [],
  ): Promise<Batch<T>> {
    try {
      const replies = await this.connected().batch([command, ...more, ['INFO', 'replication']]);
      const refusal = replies.find((reply) => reply instanceof Error);
      if (refusal) throw refusal;
      const [reply, next] = replies;
      return { ok: true, identity: identityOf(String(replies.at(-1))), result: result(reply, next) };
    } catch (error) {
      return this.failed(error);
    }
  }

  private failed(error: unknown): Failed {
    const detail = error instanceof Error ? error.message : String(error);
    this.noteHealth(false, detail);
    return { ok: false, why: REFUSED.test(detail) ? 'refused' : 'unreachable', detail };
  }

  private noteHealth(healthy: boolean, detail?: string): void {
    if (healthy !== this.healthy) this.onReachable(healthy, detail);
    this.healthy = healthy;
  }
}

/** `master_replid`, which names a server's data only where the server is a master. */
const identityOf = (info: string): string | undefined =>
  info.includes('role:master') ? IDENTITY.exec(info)?.[1] : undefined;

const textOf = (reply: unknown): string | undefined => (typeof reply === 'string' ? reply : undefined);

/** HSCAN's flat reply in pairs, without the marker. */
function pairsOf(fields: readonly string[]): [sid: string, field: string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i < fields.length; i += 2)
    if (fields[i] !== MARKER) pairs.push([fields[i] as string, fields[i + 1] as string]);
  return pairs;
}
