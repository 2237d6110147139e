import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import pg from 'pg';
import type { Runner, Statement } from './statement.js';

const CONNECT_MS = 2_000;
/** What is asked here must be answered soon or is of no use. */
const STATEMENT_MS = 2_000;
/** Between two attempts to connect again. */
const PAUSE_MS = 250;

/**
 * A connection of its own beside the pool, for what must not queue behind requests: it listens, and answers one small
 * statement at a time. It comes back by itself after it was lost.
 */
@Injectable()
export class WatchConnection implements Runner, OnModuleDestroy {
  private client: pg.Client | undefined;
  private connecting: Promise<pg.Client> | undefined;
  private failedAt = -Infinity;
  private closed = false;
  /** Settles when the statement that came last has its answer: the driver wants one at a time. */
  private last: Promise<unknown> = Promise.resolve();
  private readonly listeners = new Map<string, () => void>();

  constructor(private readonly dataSource: DataSource) {}

  /** Calls `heard` at every NOTIFY on this channel, as long as there is a connection; a constant, lower-case name. */
  async listen(channel: string, heard: () => void): Promise<void> {
    this.listeners.set(channel, heard);
    const { client } = this;
    if (client) await this.inTurn(client, () => client.query(`LISTEN ${channel}`));
  }

  /** Throws what the driver throws, where there is no connection or no answer in time. */
  async run<Row>({ name, text }: Statement, values: readonly unknown[]): Promise<Row[]> {
    const client = await this.connected();
    const query = { name, text, values: values as unknown[] };
    try {
      return (await this.inTurn(client, () => client.query(query))).rows as Row[];
    } catch (error) {
      // A time-out leaves the statement running on it; whatever it was, a new connection knows nothing of it.
      this.drop(client);
      throw error;
    }
  }

  afterCommit(work: () => Promise<void>): Promise<void> {
    return work();
  }

  async onModuleDestroy(): Promise<void> {
    this.closed = true;
    const late = new Promise<void>((resolve) => setTimeout(resolve, STATEMENT_MS).unref());
    // a frozen server does not even say goodbye
    await Promise.race([this.client?.end().catch(() => undefined), late]);
  }

  /** What waits for a statement that fails, fails with it: its connection is gone, and by the next one it may be too old. */
  private inTurn<T>(client: pg.Client, ask: () => Promise<T>): Promise<T> {
    const answer = this.last.then(() => {
      if (this.client !== client) throw new Error('The connection was lost');
      return ask();
    });
    this.last = answer.catch(() => undefined);
    return answer;
  }

  private connected(): Promise<pg.Client> {
    if (this.client) return Promise.resolve(this.client);
    this.connecting ??= this.connect().finally(() => (this.connecting = undefined));
    return this.connecting;
  }

  private async connect(): Promise<pg.Client> {
    const early = this.failedAt + PAUSE_MS - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    if (this.closed) throw new Error('Cannot use a pool after calling end on the pool');
    const { url } = this.dataSource.options as { url?: string };
    const client = new pg.Client({
      connectionString: url,
      application_name: 'gatehouse-watch',
      connectionTimeoutMillis: CONNECT_MS,
      statement_timeout: STATEMENT_MS,
      query_timeout: STATEMENT_MS,
      keepAlive: true,
    });
    client.on('error', () => this.drop(client));
    client.on('end', () => this.drop(client));
    client.on('notification', ({ channel }) => this.listeners.get(channel)?.());
    try {
      await client.connect();
      for (const channel of this.listeners.keys()) await client.query(`LISTEN ${channel}`);
    } catch (error) {
      this.failedAt = performance.now();
      this.drop(client);
      throw error;
    }
    this.client = client;
    return client;
  }

  private drop(client: pg.Client): void {
    if (this.client === client) this.client = undefined;
    void client.end().catch(() => undefined);
  }
}
