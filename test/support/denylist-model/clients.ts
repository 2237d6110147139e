import type { SessionId } from '@gatehouse/kernel';
import { holdsFrom, laterOf } from '../../../libs/tokens/src/revocation-value.js';
import { WAIT_MS } from '../../../libs/tokens/src/denylist/lease.js';
import type { Member } from './member.js';
import type { Wish } from './postgres-model.js';
import type { Surroundings } from './surroundings.js';

/** How long a client waits before it asks again, perhaps another node. */
const PATIENCE_MS = 6_000;
const LIFE_MS = 3_600_000;

export interface ClientStage extends Surroundings {
  readonly members: readonly Member[];
  /** A promise was broken. */
  violated(what: string): void;
}

/** Who logs out and who shows tokens, and what they were promised. */
export class Clients {
  /** What must be refused for a session: a value, and from when. */
  private readonly owed = new Map<SessionId, { value: string; from: number }[]>();
  readonly answers = { redis: 0, postgres: 0, failed: 0, acknowledged: 0, refused: 0 };

  constructor(private readonly stage: ClientStage) {}

  /** Revokes at random moments, and shows tokens all the time. */
  begin(): void {
    const { stage } = this;
    const { profile, random, world } = stage;
    for (let i = 1; i <= profile.sessions; i++) {
      const sid = `${String(i).padStart(8, '0')}-0000-4000-8000-000000000000` as SessionId;
      const times = random.pick([1, 1, 2, 4]);
      for (let j = 0; j < times; j++)
        world.after(random.next() * profile.lasts, () => this.revoke(sid, this.wish()));
    }
    const asks = (): void => {
      if (stage.isCalm) return;
      const sid = this.someSession();
      if (sid) this.ask(random.pick(stage.members), sid, 0);
      world.after(-Math.log(1 - random.next()) * profile.askEvery, asks);
    };
    asks();
  }

  /** A revoke at some node, again and again until it is acknowledged. */
  revoke(sid: SessionId, wish: Wish): void {
    const { world, random, members } = this.stage;
    const member = random.pick(members);
    let over = false;
    const again = (): void => {
      if (over) return;
      over = true;
      world.after(random.next() * 300, () => this.revoke(sid, wish));
    };
    if (!member.isRunning) return again();
    world.after(PATIENCE_MS, again);
    member.process.receives(0, () => {
      this.revokeAt(member, sid, wish).then(
        () => (over = true),
        () => again(),
      );
    });
  }

  /** What a node does with it: commits, and lets the denylist say when every node knows. */
  async revokeAt(member: Member, sid: SessionId, wish: Wish): Promise<void> {
    const { world, clock } = this.stage;
    const { node, process, runner } = member;
    const before = node.liveLease;
    const { value, keepUntil, published } = await runner.commit(sid, wish, clock.now() + LIFE_MS);
    const entries = [{ sid, value, keepUntil }];
    const notDue = holdsFrom(value) >= clock.now() + WAIT_MS;
    // For the mistake of looking at the lease too early, which is planted to see whether it is found.
    if (!published) await node.revoke(Object.assign(entries, { before }));
    if (!process.isAlive) return;
    world.note(() => `${process.name}: acknowledged ${sid} ${value}`);
    this.answers.acknowledged++;
    this.owe(sid, value, notDue ? holdsFrom(value) - clock.now() : 0);
  }

  /** Shows a token of the session to the node, in `ms` milliseconds: what was acknowledged by then must be refused. */
  ask(member: Member, sid: SessionId, ms: number): void {
    const { world, random } = this.stage;
    if (!member.process.isAlive) return;
    member.process.receives(ms, () => {
      // PostgreSQL is always right; only now and then is it asked.
      if (!member.asksRedis && !random.chance(0.05)) return;
      const owed = this.owedNow(sid);
      const { process } = member;
      const asked = world.now;
      member.valueOf(sid).then(
        ({ source, value }) => {
          this.answers[source]++;
          if (owed !== undefined) this.answers.refused++;
          world.note(
            () =>
              `${process.name}: ${sid} is ${value ?? 'accepted'} by ${source}, asked at ${asked.toFixed(2)}`,
          );
          if (owed !== undefined && laterOf(value, owed) !== value)
            this.stage.violated(
              `${process.name} said ${value ?? 'accepted'} by ${source} of ${sid}, asked at ${asked.toFixed(2)} when ${owed} was acknowledged`,
            );
        },
        () => void this.answers.failed++,
      );
    });
  }

  /** Tokens that wait at the door of a paused node. */
  askWhenResumed(member: Member, ms: number): void {
    for (let i = 0; i < 2; i++) {
      const { process } = member;
      this.stage.world.after(ms, () => {
        const sid = this.someSession();
        if (sid && member.process === process) this.ask(member, sid, 0);
      });
    }
  }

  /** Every node is shown what has just been revoked, or anything revoked. */
  askAll(within: number, sid = this.someSession()): void {
    if (sid === undefined) return;
    for (const member of this.stage.members) this.ask(member, sid, this.stage.random.next() * within);
  }

  /** @param due in how many milliseconds: what does not hold yet was not waited for */
  private owe(sid: SessionId, value: string, due: number): void {
    const owed = this.owed.get(sid) ?? [];
    owed.push({ value, from: this.stage.world.now + due });
    this.owed.set(sid, owed);
    for (const within of [5, 300, 1_000, 4_000]) this.askAll(within, sid);
  }

  private owedNow(sid: SessionId): string | undefined {
    const { now } = this.stage.world;
    return (this.owed.get(sid) ?? [])
      .filter(({ from }) => from <= now)
      .reduce<string | undefined>((most, { value }) => laterOf(most, value), undefined);
  }

  private someSession(): SessionId | undefined {
    return this.owed.size === 0 ? undefined : this.stage.random.pick([...this.owed.keys()]);
  }

  private wish(): Wish {
    const { random, clock } = this.stage;
    if (random.chance(0.5)) return { kind: 'end' };
    return {
      kind: 'outdate',
      from: random.chance(0.6) ? 0 : Math.floor(clock.now() + random.next() * 6_000),
    };
  }
}
