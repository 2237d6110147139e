import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Pool, PoolClient } from 'pg';
import type { Runner, Statement } from './statement.js';

/** Statements of one transaction, on one connection. */
export type Transaction = Runner;

const run = async <Row>(
  on: Pool | PoolClient,
  { name, text }: Statement,
  values: readonly unknown[],
): Promise<Row[]> => (await on.query({ name, text, values: values as unknown[] })).rows as Row[];

/** What pg throws where a statement got no answer in time: it may still be running on that connection. */
const isSilence = (error: unknown): error is Error =>
  error instanceof Error && error.message === 'Query read timeout';

/**
 * PostgreSQL by prepared statements, over TypeORM's own pool: for what happens on every request, and for what must be
 * decided by one statement or one transaction. Everything else uses TypeORM's repositories.
 */
@Injectable()
export class Database implements Runner {
  constructor(private readonly dataSource: DataSource) {}

  run<Row>(statement: Statement, values: readonly unknown[]): Promise<Row[]> {
    return run(this.pool, statement, values);
  }

  afterCommit(work: () => Promise<void>): Promise<void> {
    return work();
  }

  /**
   * Runs `work` in one transaction (READ COMMITTED): committed when it returns, rolled back when it throws. What it left
   * for after the commit has run, without a connection held, when the promise settles.
   */
  async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const left: (() => Promise<void>)[] = [];
    const result = await this.committed(work, (after) => left.push(after));
    await Promise.all(left.map((after) => after()));
    return result;
  }

  /** Connections of this node's pool: open, unused, and requests that wait for one. */
  get connections(): { readonly total: number; readonly idle: number; readonly waiting: number } {
    const { totalCount, idleCount, waitingCount } = this.pool;
    return { total: totalCount, idle: idleCount, waiting: waitingCount };
  }

  private async committed<T>(
    work: (transaction: Transaction) => Promise<T>,
    leave: (after: () => Promise<void>) => void,
  ): Promise<T> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    // Between two statements nobody else listens to a connection that was taken out of the pool: a lost one would end
    // the process.
    const onLost = (error: Error): void => void (broken = error);
    client.on('error', onLost);
    try {
      await client.query('BEGIN');
      const result = await work({
        run: (statement, values) => run(client, statement, values),
        afterCommit: (after) => Promise.resolve(leave(after)),
      });
      await client.query('COMMIT');
      return result;
    } catch (error) {
      // A connection that cannot even roll back must not go back to the pool; one whose server has fallen silent is not
      // asked to: its end rolls back as well.
      if (isSilence(error)) broken = error;
      else await client.query('ROLLBACK').catch((failure: Error) => (broken = failure));
      throw error;
    } finally {
      client.off('error', onLost);
      client.release(broken);
    }
  }

  /** Answers when PostgreSQL does; throws what the driver threw when it does not. */
  async ping(): Promise<void> {
    await this.pool.query('SELECT 1');
  }

  private get pool(): Pool {
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }
}
