import type { Command } from '@gatehouse/database';
import { COMPLETE, HASH, MARKER, REMOVE, WRITE } from '../../../libs/tokens/src/denylist/scripts.js';
import { laterOf } from '../../../libs/tokens/src/revocation-value.js';
import type { World } from './world.js';

/** One Redis server as far as the denylist can tell, with everything that happens to servers. */
export class RedisModel {
  role: 'master' | 'slave' = 'master';
  replid: string;
  hash = new Map<string, string>();
  isUp = true;
  /** Another number after each start: connections of earlier ones are lost. */
  start = 0;
  full = false;
  /** Of which server it is a replica. */
  source: RedisModel | undefined;
  policy = 'noeviction';
  private frozenUntil = 0;
  /** What was saved at times, or what a replica that lags has of it. */
  private readonly older: Map<string, string>[] = [];
  private readonly onKill = new Set<() => void>();

  constructor(
    readonly name: string,
    private readonly world: World,
  ) {
    this.replid = this.newId();
  }

  /** How long until it does anything again. */
  get frozenFor(): number {
    return Math.max(0, this.frozenUntil - this.world.now);
  }

  freeze(ms: number): void {
    this.frozenUntil = Math.max(this.frozenUntil, this.world.now + ms);
  }

  thaw(): void {
    this.frozenUntil = 0;
  }

  /** Calls `lost` when this start of it ends. */
  whenKilled(lost: () => void): void {
    this.onKill.add(lost);
  }

  kill(): void {
    this.isUp = false;
    this.start++;
    const lost = [...this.onKill];
    this.onKill.clear();
    for (const each of lost) each();
  }

  /** Starts it with this data; a master then has an id of its own. */
  launch(data: ReadonlyMap<string, string>): void {
    this.isUp = true;
    this.hash = new Map(data);
    this.full = false;
    this.promote();
  }

  save(): void {
    this.older.push(new Map(this.hash));
  }

  /** Some older state of it, empty where there is none. */
  olderState(): ReadonlyMap<string, string> {
    return this.older.length > 0 ? this.world.random.pick(this.older) : new Map();
  }

  /** Becomes a master of its own with what it holds. */
  promote(): void {
    this.role = 'master';
    this.source = undefined;
    this.replid = this.newId();
  }

  /** Becomes a replica, at first with its own data and id. */
  follow(source: RedisModel): void {
    this.role = 'slave';
    this.source = source;
  }

  /** Takes over its source's data and id of this moment. */
  synchronize(): void {
    if (!this.source || !this.isUp || this.frozenFor > 0 || !this.source.isUp) return;
    this.hash = new Map(this.source.hash);
    this.replid = this.source.replid;
  }

  /** What the first replica does to a master. */
  newReplid(): void {
    this.replid = this.newId();
  }

  /** One command; an error reply is an Error. */
  execute([name, ...args]: Command): unknown {
    const words = args.map(String);
    switch (name) {
      case 'INFO':
        return words[0] === 'memory'
          ? `# Memory\r\nmaxmemory_policy:${this.policy}\r\n`
          : `# Replication\r\nrole:${this.role}\r\nmaster_replid:${this.replid}\r\nmaster_replid2:${'0'.repeat(40)}\r\n`;
      case 'HGET':
        return this.hash.get(words[1] as string) ?? null;
      case 'HMGET':
        return words.slice(1).map((field) => this.hash.get(field) ?? null);
      case 'HSCAN':
        return ['0', [...this.hash].flat()];
      case 'HSET':
        return this.writes(() => void this.hash.set(words[1] as string, words[2] as string));
      case 'EVAL':
        return this.writes(() => this.script(words[0] as string, words.slice(3)));
      default:
        throw new Error(`the model knows no ${name} on ${HASH}`);
    }
  }

  private writes(work: () => unknown): unknown {
    if (this.role !== 'master') return new Error("READONLY You can't write against a read only replica.");
    if (this.full) return new Error("OOM command not allowed when used memory > 'maxmemory'.");
    return work();
  }

  private script(text: string, args: readonly string[]): unknown {
    if (text === COMPLETE) {
      if (this.hash.get(MARKER) !== args[0]) return 0;
      this.hash.set(MARKER, args[1] as string);
      return 1;
    }
    if (text === REMOVE) return this.remove(args);
    if (text !== WRITE) throw new Error('the model does not know this script');
    for (let i = 0; i < args.length; i += 3)
      this.write(args[i] as string, args[i + 1] as string, args[i + 2] as string);
    return this.hash.get(MARKER) ?? null;
  }

  private remove(args: readonly string[]): number {
    let removed = 0;
    for (let i = 0; i < args.length; i += 2)
      if (this.hash.get(args[i] as string) === args[i + 1])
        removed += Number(this.hash.delete(args[i] as string));
    return removed;
  }

  private write(sid: string, value: string, ends: string): void {
    const [old, oldEnds = '0'] = this.hash.get(sid)?.split(';') ?? [];
    this.hash.set(sid, `${laterOf(value, old)};${Math.max(Number(ends), Number(oldEnds))}`);
  }

  private newId(): string {
    const digits = Array.from({ length: 5 }, () =>
      this.world.random
        .below(2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    );
    return digits.join('');
  }
}
