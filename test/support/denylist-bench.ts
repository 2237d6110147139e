import type { Database, Runner, Statement } from '@gatehouse/database';
import type { Clock, SessionId } from '@gatehouse/kernel';
import type { Entry } from '../../libs/tokens/src/denylist/copy.js';
import { type Answer, DenylistNode } from '../../libs/tokens/src/denylist/denylist-node.js';
import type { Lease } from '../../libs/tokens/src/denylist/lease.js';
import { RedisCopy } from '../../libs/tokens/src/denylist/redis-copy.js';
import { type Command, type RedisConnection, RedisUnreachable } from '@gatehouse/database';
import { Truth } from '../../libs/tokens/src/denylist/truth.js';
import { Upkeep } from '../../libs/tokens/src/denylist/upkeep.js';
import { SeededRandom } from './seeded-random.js';
import { PostgresModel, type Wish } from './denylist-model/postgres-model.js';
import { RedisModel } from './denylist-model/redis-model.js';
import { World } from './denylist-model/world.js';
import { settled, SteeredNodeClock } from './steered-node-clock.js';

/** A gate before something: it lets through, fails, or holds until it is opened. */
type Gate = { readonly opened: Promise<void> } | { readonly error: Error };

const LIFE_MS = 3_600_000;

/**
 * One node on modelled stores, with a clock that the test moves and a word about each statement and each command. What
 * it asks is answered at once, unless the test has said otherwise.
 */
export class DenylistBench implements Runner {
  readonly nodeClock = new SteeredNodeClock();
  readonly clock: Clock = {
    offsetMs: 0,
    lowestOffsetMs: 0,
    now: () => this.nodeClock.wall(),
    wait: () => Promise.resolve(),
  };
  readonly postgres: PostgresModel;
  server: RedisModel;
  readonly node: DenylistNode;
  readonly upkeep: Upkeep;
  readonly truth: Truth;
  readonly copy: RedisCopy | undefined;
  /** Statements and commands in the order in which they happened. */
  readonly done: string[] = [];
  /** What the node has reported. */
  readonly reported: string[] = [];
  readonly policies: [name: string, good: boolean][] = [];
  connections = 0;
  /** Nobody answers there. */
  redisIsSilent = false;
  private readonly gates = new Map<string, Gate>();
  private readonly world = new World(new SeededRandom(1));

  constructor({ redis = true } = {}) {
    this.postgres = new PostgresModel(this.world, true, () => undefined);
    this.server = new RedisModel('A', this.world);
    const report = {
      trusted: () => void this.reported.push('trusted'),
      distrusted: (reason: string) => void this.reported.push(`distrusted: ${reason}`),
      notFilled: (reason: string) => void this.reported.push(`not filled: ${reason}`),
      published: (count: number) => void this.reported.push(`published ${count}`),
      failed: (step: string, error: unknown) => void this.reported.push(`${step}: ${String(error)}`),
      policy: (name: string, good: boolean) => void this.policies.push([name, good]),
    };
    const open = () => Promise.resolve(this.connect() as unknown as RedisConnection);
    this.truth = new Truth(this as unknown as Database, this.clock);
    this.copy = redis ? new RedisCopy('redis://bench', () => undefined, open) : undefined;
    this.node = new DenylistNode(this.truth, this.copy, this.nodeClock, this.clock, report);
    this.upkeep = new Upkeep(this.node, this.truth, this.copy, this, this.nodeClock, this.clock, report);
  }

  /** A node that has a live lease which names the bench's server, whose copy is complete. */
  static async trusting(): Promise<DenylistBench> {
    const bench = new DenylistBench();
    await bench.copy?.probe();
    await bench.node.fill(await bench.look());
    await bench.nodeClock.advance(1);
    await bench.look();
    bench.done.length = 0;
    bench.reported.length = 0;
    return bench;
  }

  /** Everything that is asked under this name (a statement's, or a command's) fails, waits or goes on as before. */
  fails(name: string, error = new Error(`${name} fails`)): void {
    this.gates.set(name, { error });
  }

  /** Holds it from now on; gives what lets it go. */
  holds(name: string): () => Promise<void> {
    let open = (): void => undefined;
    this.gates.set(name, { opened: new Promise((resolve) => (open = resolve)) });
    return () => {
      this.gates.delete(name);
      open();
      return settled();
    };
  }

  works(name: string): void {
    this.gates.delete(name);
  }

  look(): Promise<Lease> {
    return this.node.look(this);
  }

  /** A look, later than any before, and what a node does after each. */
  async tick(): Promise<void> {
    await this.nodeClock.advance(1);
    this.upkeep.run(await this.look());
    await this.upkeep.settled();
    await settled();
  }

  ask(sid: SessionId): Promise<Answer> {
    return this.node.valueOf(sid, async (asked) => {
      await this.passes('postgres');
      this.done.push('postgres');
      return this.postgres.rows.get(asked)?.value;
    });
  }

  /** What a committed revocation asks the denylist to tell. */
  commit(sid: SessionId, wish: Wish = { kind: 'end' }): Entry {
    const { value, keepUntil } = this.postgres.commit(sid, wish, this.clock.now() + LIFE_MS);
    return { sid, value, keepUntil };
  }

  /** Whether PostgreSQL knows that the denylist holds it. */
  isPublished(sid: SessionId): boolean | undefined {
    return this.postgres.rows.get(sid)?.published;
  }

  async run<Row>(statement: Statement, values: readonly unknown[]): Promise<Row[]> {
    const name = statement.name.replace('denylist.', '');
    // A look happens when PostgreSQL has it, and may be answered late; anything else happens late.
    const happens = (): Row[] => {
      this.done.push(name);
      return this.postgres.run(statement, values, this) as Row[];
    };
    if (name !== 'look') {
      await this.passes(name);
      return happens();
    }
    const rows = happens();
    await this.passes(name);
    return rows;
  }

  afterCommit(work: () => Promise<void>): Promise<void> {
    return work();
  }

  /** A connection to the server that is there now, whatever is there later. */
  private connect() {
    const { server } = this;
    const { start } = server;
    const listeners: (() => void)[] = [];
    this.connections++;
    const connection = {
      isOpen: true,
      onClose: (listener: () => void) => listeners.push(listener),
      close: () => {
        connection.isOpen = false;
        listeners.forEach((listener) => listener());
      },
      batch: async (commands: readonly Command[]) => {
        const [first] = commands[0] as Command;
        await this.passes(first);
        if (this.redisIsSilent || server.start !== start) {
          connection.close();
          throw new RedisUnreachable('no answer');
        }
        const replies = commands.map((command) => server.execute(command));
        this.done.push(first);
        await this.passes(`reply to ${first}`);
        return replies;
      },
    };
    return connection;
  }

  private async passes(name: string): Promise<void> {
    const gate = this.gates.get(name);
    if (!gate) return;
    if ('error' in gate) throw gate.error;
    await gate.opened;
  }
}

/** A session's id. */
export const session = (number = 1): SessionId =>
  `${String(number).padStart(8, '0')}-0000-4000-8000-000000000000` as SessionId;

/** Whether the promise has settled by now. */
export async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let over = false;
  promise.then(
    () => (over = true),
    () => (over = true),
  );
  await settled();
  return over;
}
