import type { SessionId } from '@gatehouse/kernel';
import { SeededRandom } from '../seeded-random.js';
import { Clients, type ClientStage } from './clients.js';
import type { FaultName } from './fault-names.js';
import { FAULTS, type FaultStage } from './faults.js';
import { Member, type MemberStage } from './member.js';
import type { Parts } from './parts.js';
import { PostgresModel } from './postgres-model.js';
import { type Profile, profileOf } from './profile.js';
import { RedisModel } from './redis-model.js';
import { World } from './world.js';

/** When the world began by the wall clock. */
const BEGAN = 1_800_000_000_000;
/** How often a server saves its data, or sends it to its replica. */
const SAVED_EVERY_MS = 700;

/** One run: nodes, stores, clients, and what goes wrong. */
export class Stage implements MemberStage, ClientStage, FaultStage {
  readonly random: SeededRandom;
  readonly world: World;
  readonly profile: Profile;
  readonly postgres: PostgresModel;
  readonly servers: readonly [RedisModel, RedisModel];
  readonly members: readonly Member[];
  readonly clients: Clients;
  readonly clock = {
    offsetMs: 0,
    lowestOffsetMs: 0,
    now: () => BEGAN + this.world.now,
    wait: () => Promise.resolve(),
  };
  readonly report = {
    trusted: () => undefined,
    distrusted: (reason: string) => this.world.note(() => `distrusted: ${reason}`),
    notFilled: (reason: string) => this.world.note(() => `not filled: ${reason}`),
    published: () => undefined,
    failed: (step: string, error: unknown) => this.world.note(() => `${step} failed: ${String(error)}`),
    policy: () => undefined,
  };
  /** No more faults. */
  isCalm = false;
  violation: string | undefined;
  private sessions = 0;

  constructor(
    seed: number,
    readonly parts: Parts,
    focus: Partial<Profile>,
    notes?: string[],
  ) {
    this.random = new SeededRandom(seed);
    this.world = new World(this.random, notes);
    this.profile = profileOf(this.random, focus);
    this.world.note(() => JSON.stringify(this.profile));
    const { profile, random, world } = this;
    this.postgres = new PostgresModel(world, profile.locks, (change) => this.notified(change));
    if (profile.gone) this.postgres.trusts('0'.repeat(40));
    this.servers = [new RedisModel('A', world), new RedisModel('B', world)];
    const [first, second] = this.servers;
    if (profile.replica) second.follow(first);
    for (const server of this.servers) {
      server.full = profile.full > 0;
      world.after(profile.full, () => (server.full = false));
    }
    this.clients = new Clients(this);
    this.members = profile.redis.map(
      (has, i) => new Member(this, `node${i + 1}`, has, profile.split && random.chance(0.5) ? second : first),
    );
    this.saves();
    this.breaks();
    this.clients.begin();
  }

  /** How long something lasts that goes wrong. */
  span(): number {
    const { random } = this;
    return random.next() * random.pick([50, 300, 2_000, 2_000, 5_000, 9_000]);
  }

  /** After an event of interest; faults like to come just then. */
  hook(event: string, member: Member): void {
    const { random, profile } = this;
    if (this.isCalm) return;
    if (event === 'denylist.trust') this.clients.askAll(50);
    for (const { after, fault, chance, within, elsewhere } of profile.hooks)
      if (after === event && random.chance(chance)) this.breakSoon(fault, member, within, elsewhere);
    const fault = profile.faults.length > 0 && random.chance(profile.hook) && random.pick(profile.faults);
    if (fault) this.breakSoon(fault, member, random.pick([0, 20, 1_000]));
  }

  paused(member: Member, ms: number): void {
    this.clients.askWhenResumed(member, ms);
  }

  violated(what: string): void {
    this.violation ??= what;
    this.world.note(() => `VIOLATION: ${what}`);
    this.world.stop();
  }

  /** Ends all faults and gives every node the same server. */
  calm(): void {
    this.isCalm = true;
    const { servers, postgres, members } = this;
    this.world.note(() => 'all faults end');
    for (const server of servers) {
      if (!server.isUp) server.launch(new Map());
      server.thaw();
      server.full = false;
    }
    postgres.isUp = true;
    postgres.thaw();
    const master = servers.find(({ role }) => role === 'master');
    if (!master) servers[0].promote();
    for (const member of members) {
      member.heal();
      if (member.address === (master ?? servers[0])) continue;
      member.address = master ?? servers[0];
      member.loseConnection();
    }
  }

  private notified(change: 'trust' | 'distrust'): void {
    const { random, profile } = this;
    for (const member of this.members)
      if (this.isCalm || (!random.chance(profile.lostNotify) && !member.postgresLink.isCut))
        member.process.receives(member.postgresLink.latency(), () => member.look());
    this.world.note(() => `NOTIFY after ${change}`);
  }

  private saves(): void {
    for (const server of this.servers) {
      server.save();
      if (!this.isCalm && this.random.chance(0.5)) server.synchronize();
    }
    this.world.after(SAVED_EVERY_MS, () => this.saves());
  }

  private breaks(): void {
    const { random, profile, world } = this;
    if (profile.faults.length === 0) return;
    world.after(-Math.log(1 - random.next()) * profile.faultEvery, () => {
      if (this.isCalm) return;
      this.break(random.pick(profile.faults), random.pick(this.members));
      this.breaks();
    });
  }

  private breakSoon(fault: FaultName, member: Member, within: number, elsewhere = false): void {
    const { random, world } = this;
    const others = this.members.filter((one) => one !== member);
    const target = elsewhere || random.chance(0.3) ? random.pick(others) : member;
    world.after(random.next() * within, () => {
      if (!this.isCalm) this.break(fault, target);
    });
  }

  private break(fault: FaultName, member: Member): void {
    this.world.note(() => `fault: ${fault} (${member.name})`);
    FAULTS[fault](this, member);
  }

  /** A session that nobody has revoked. */
  newSession(): SessionId {
    return `9${String(this.sessions++).padStart(7, '0')}-0000-4000-8000-000000000000` as SessionId;
  }
}
