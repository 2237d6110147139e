import type { Database, Runner, Statement } from '@gatehouse/database';
import type { SessionId } from '@gatehouse/kernel';
import type { Link } from './link.js';
import type { PostgresModel, RevocationRow, Wish } from './postgres-model.js';
import type { Process } from './process.js';
import type { World } from './world.js';

/** What PostgreSQL's clients need to know of the node that they are part of. */
export interface Client {
  readonly world: World;
  readonly process: Process;
  readonly postgresLink: Link;
  readonly postgres: PostgresModel;
  /** Stops the process now and then before it sends this; gives whether it did. */
  stopsBefore(name: string): boolean;
  /** Something of interest has happened: a fault may follow. */
  hook(event: string): void;
}

/**
 * A node's way to PostgreSQL: each statement goes there, happens, and is answered, unless something comes between. A
 * statement that has timed out may still happen.
 */
export class ModelRunner implements Runner {
  /** @param patience after how many milliseconds the driver gives up */
  constructor(
    private readonly client: Client,
    private readonly patience: number,
  ) {}

  run<Row>(statement: Statement, values: readonly unknown[]): Promise<Row[]> {
    const { postgres, process } = this.client;
    return this.ask(statement.name, () => postgres.run(statement, values, process) as Row[]);
  }

  commit(sid: SessionId, wish: Wish, keepUntil: number): Promise<RevocationRow> {
    return this.ask('commit', () => this.client.postgres.commit(sid, wish, keepUntil));
  }

  afterCommit(work: () => Promise<void>): Promise<void> {
    return work();
  }

  /** As the class that the node's parts want. */
  get asDatabase(): Database {
    return this as unknown as Database;
  }

  private ask<T>(name: string, happens: () => T): Promise<T> {
    const { world, process, postgresLink: link, postgres } = this.client;
    return new Promise((resolve, reject) => {
      const failed = (): void => reject(new Error('PostgreSQL does not answer'));
      const begin = (): void => {
        const cancel = process.timer(this.patience, failed);
        const answered = (settle: () => void): void => {
          cancel();
          settle();
        };
        const arrives = (): void => {
          if (postgres.frozenFor > 0) return void world.after(postgres.frozenFor, arrives);
          if (!postgres.isUp) return process.receives(link.latency(name), () => answered(failed));
          const answer = happens();
          this.client.hook(name);
          const travel = link.travel(name);
          if (travel !== undefined) process.receives(travel, () => answered(() => resolve(answer)));
        };
        link.leaves(() => {
          const travel = link.travel(name);
          if (travel !== undefined) world.after(travel, arrives);
        });
      };
      if (this.client.stopsBefore(name)) process.receives(0, begin);
      else begin();
    });
  }
}
