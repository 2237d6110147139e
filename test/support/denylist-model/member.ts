import type { SessionId } from '@gatehouse/kernel';
import type { Answer } from '../../../libs/tokens/src/denylist/denylist-node.js';
import type { Lease } from '../../../libs/tokens/src/denylist/lease.js';
import type { NodeClock } from '../../../libs/tokens/src/denylist/node-clock.js';
import type { RedisConnection } from '@gatehouse/database';
import { Link } from './link.js';
import { ModelRunner } from './postgres-wire.js';
import { type Pause, Process } from './process.js';
import type { RedisModel } from './redis-model.js';
import { ModelConnection } from './redis-wire.js';
import type { Surroundings } from './surroundings.js';

const LOOK_EVERY_MS = 1_000;
/** When the drivers give up: the connection of the looks (it may have to connect first), and the pool. */
const WATCH_MS = 4_500;
const POOL_MS = 4_500;

/** What a node tells the run. */
export interface MemberStage extends Surroundings {
  /** Something of interest has happened: a fault may follow. */
  hook(event: string, member: Member): void;
  paused(member: Member, ms: number): void;
}

/** One node: a process that runs the real parts over modelled connections, and looks once a second. */
export class Member {
  process: Process;
  node: InstanceType<Surroundings['parts']['DenylistNode']>;
  runner: ModelRunner;
  redisLink: Link;
  postgresLink: Link;
  address: RedisModel;
  private ask: (sid: SessionId) => Promise<string | undefined>;
  private connections = new Set<ModelConnection>();
  private upkeep: InstanceType<Surroundings['parts']['Upkeep']>;
  private watch: ModelRunner;
  private starts = 0;

  constructor(
    private readonly stage: MemberStage,
    readonly name: string,
    readonly hasRedis: boolean,
    address: RedisModel,
  ) {
    this.address = address;
    this.start();
  }

  get world(): Surroundings['world'] {
    return this.stage.world;
  }

  get postgres(): Surroundings['postgres'] {
    return this.stage.postgres;
  }

  get isRunning(): boolean {
    return this.process.isAlive && !this.process.isPaused;
  }

  /** Whether a question would go to Redis now; to be called while its code runs. */
  get asksRedis(): boolean {
    return this.hasRedis && (this.node.liveLease?.redisId ?? null) !== null;
  }

  /** A validation by this node; to be called while its code runs. */
  valueOf(sid: SessionId): Promise<Answer> {
    return this.node.valueOf(sid, this.ask);
  }

  look(): void {
    const { node, upkeep } = this;
    node.look(this.watch).then(
      (lease: Lease) => upkeep.run(lease),
      () => undefined,
    );
  }

  pause(ms: number, kind: Pause): void {
    this.process.pause(ms, kind);
    this.stage.paused(this, ms);
  }

  /** Dies, and is started again after `ms`. */
  crash(ms: number): void {
    if (!this.process.isAlive) return;
    this.world.note(() => `${this.name}: crashes`);
    this.process.kill();
    this.postgres.release(this.process);
    this.world.after(ms, () => this.start());
  }

  loseConnection(): void {
    for (const each of this.connections) this.process.receives(0, () => each.close());
  }

  gap(): number {
    const { random, profile, isCalm } = this.stage;
    if (isCalm || !random.chance(profile.gap)) return 0;
    this.hook('gap');
    return random.next() * 100;
  }

  hook(event: string): void {
    this.stage.hook(event, this);
  }

  stopsBefore(event: string): boolean {
    const { random, profile, isCalm } = this.stage;
    const stop = profile.stops.find(({ before }) => before === event);
    if (!stop || isCalm || !random.chance(stop.chance)) return false;
    this.pause(5_000 + random.next() * 3_000, 'stopped');
    this.hook('stop');
    return true;
  }

  private start(): void {
    const { stage, world } = this;
    const { profile, random, parts, clock, report } = stage;
    const process = new Process(`${this.name}${this.starts++ || ''}`, world, 0.99 + random.next() * 0.02);
    const pauseFor = (): void => this.pause(stage.span(), random.pick(['stopped', 'suspended']));
    this.process = process;
    this.redisLink = new Link(world, process, profile.onRedis, pauseFor);
    this.postgresLink = new Link(world, process, profile.onPostgres, pauseFor);
    if (stage.isCalm) this.heal();
    this.runner = new ModelRunner(this, POOL_MS);
    this.watch = new ModelRunner(this, WATCH_MS);
    this.connections = new Set();
    const nodeClock = steeredClock(process);
    const open = async (): Promise<RedisConnection> => {
      const connection = await ModelConnection.open(this);
      this.connections.add(connection);
      return connection as unknown as RedisConnection;
    };
    const truth = new parts.Truth(this.runner.asDatabase, clock);
    const copy = this.hasRedis ? new parts.RedisCopy('redis://model', () => undefined, open) : undefined;
    this.node = new parts.DenylistNode(truth, copy, nodeClock, clock, report);
    this.upkeep = new parts.Upkeep(this.node, truth, copy, this.watch, nodeClock, clock, report);
    const batched = new parts.BatchedRevocations(this.runner.asDatabase);
    this.ask = (sid) => batched.valueOf(sid);
    const tick = (): void => {
      this.look();
      process.timer(LOOK_EVERY_MS, tick);
    };
    process.receives(random.next() * 50, tick);
  }

  heal(): void {
    this.redisLink.heal();
    this.postgresLink.heal();
  }
}

/** The node's own clock, which the world moves. */
function steeredClock(process: Process): NodeClock {
  return {
    monotonic: () => process.monotonic(),
    wall: () => process.wall(),
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted || ms <= 0) return resolve();
        const done = (): void => {
          signal?.removeEventListener('abort', aborted);
          resolve();
        };
        const cancel = process.timer(ms, done);
        const aborted = (): void => {
          cancel();
          done();
        };
        signal?.addEventListener('abort', aborted);
      }),
  };
}
