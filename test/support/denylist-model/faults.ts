import type { FaultName } from './fault-names.js';
import type { RedisModel } from './redis-model.js';
import type { Member } from './member.js';
import type { Surroundings } from './surroundings.js';

/** What faults happen to. */
export interface FaultStage extends Surroundings {
  readonly servers: readonly [RedisModel, RedisModel];
  readonly members: readonly Member[];
}

/** What may go wrong. @param member the node in whose way it happens, or whose server it happens to */
export const FAULTS: Record<FaultName, (stage: FaultStage, member: Member) => void> = {
  flush: (stage, member) => server(stage, member).hash.clear(),
  'restart-empty': (stage, member) => restart(stage, server(stage, member), () => new Map()),
  'restart-older': (stage, member) => {
    const one = server(stage, member);
    restart(stage, one, () => one.olderState());
  },
  'freeze-redis': (stage, member) => server(stage, member).freeze(stage.span()),
  full: (stage, member) => {
    const one = server(stage, member);
    one.full = true;
    stage.world.after(stage.span(), () => (one.full = false));
  },
  replicate: (stage) => {
    const [master, other] = stage.servers;
    if (master.role !== 'master' || other.role !== 'master') return;
    if (stage.random.chance(0.5)) master.newReplid();
    replicate(stage, other, master);
  },
  failover: (stage) => {
    const { random, world } = stage;
    promote(stage, (master, replica) => {
      if (random.chance(0.3)) return;
      world.after(random.next() * random.pick([20, 2_000]), () => {
        if (!stage.isCalm && master.role === 'master' && replica.role === 'master')
          replicate(stage, master, replica);
      });
    });
  },
  switchover: (stage) => promote(stage, (master, replica) => replicate(stage, master, replica)),
  demote: (stage) => {
    const [one, other] = stage.random.chance(0.5) ? stage.servers : [...stage.servers].reverse();
    if (one && other && one.role === 'master' && other.role === 'master') replicate(stage, one, other);
  },
  'new-replid': (stage, member) => {
    const one = server(stage, member);
    if (one.role === 'master') one.newReplid();
  },
  move: (stage, member) => {
    const [first, second] = stage.servers;
    move(stage, member, member.address === first ? second : first);
  },
  'cut-redis': (stage, member) => member.redisLink.cut(stage.span()),
  'cut-postgres': (stage, member) => {
    member.postgresLink.cut(stage.span());
    if (stage.random.chance(0.5)) stage.postgres.release(member.process);
  },
  'cut-postgres-long': (stage, member) => member.postgresLink.cut(2_000 + stage.random.next() * 3_000),
  'restart-postgres': (stage) => {
    stage.postgres.isUp = false;
    stage.postgres.lock = undefined;
    stage.world.after(stage.span(), () => (stage.postgres.isUp = true));
  },
  'freeze-postgres': (stage) => stage.postgres.freeze(stage.span()),
  stop: (stage, member) => member.pause(stage.span(), 'stopped'),
  suspend: (stage, member) => member.pause(stage.span(), 'suspended'),
  crash: (stage, member) => member.crash(stage.span()),
  'set-wall': (stage, member) => member.process.setWall((stage.random.next() - 0.5) * 4_000),
  'lose-watch': (stage, member) => stage.postgres.release(member.process),
};

/** Mostly the server that the node uses. */
function server(stage: FaultStage, member: Member): RedisModel {
  return stage.random.chance(0.8) ? member.address : stage.random.pick(stage.servers);
}

function restart(stage: FaultStage, one: RedisModel, data: () => ReadonlyMap<string, string>): void {
  if (!one.isUp) return;
  one.kill();
  stage.world.after(stage.random.chance(0.5) ? stage.random.next() * 20 : stage.span(), () => {
    if (!one.isUp) one.launch(data());
  });
}

/** The replica becomes a master, and nodes are led to it, sooner or later. */
function promote(stage: FaultStage, then: (master: RedisModel, replica: RedisModel) => void): void {
  const { random, world } = stage;
  const replica = stage.servers.find(({ source }) => source !== undefined);
  const master = replica?.source;
  if (!replica || !master) return;
  replica.promote();
  for (const member of stage.members)
    if (random.chance(0.8)) world.after(random.next() * 2_000, () => move(stage, member, replica));
  then(master, replica);
}

/** The role changes first, the data and the id later. */
function replicate(stage: FaultStage, one: RedisModel, source: RedisModel): void {
  one.follow(source);
  stage.world.after(stage.random.next() * stage.random.pick([10, 300]), () => one.synchronize());
}

/** A name or an address now leads elsewhere; what is connected may stay so. */
function move(stage: FaultStage, member: Member, to: RedisModel): void {
  if (stage.isCalm) return;
  member.address = to;
  if (stage.random.chance(0.8)) member.loseConnection();
}
