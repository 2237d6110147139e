import { type Command, type RedisConnection, RedisUnreachable } from '@gatehouse/database';
import type { Link } from './link.js';
import type { Process } from './process.js';
import type { RedisModel } from './redis-model.js';
import type { World } from './world.js';

const COMMAND_MS = 250;
const CONNECT_MS = 1_250;

/** What a connection needs to know of the node that holds it. */
export interface Caller {
  readonly world: World;
  readonly process: Process;
  readonly redisLink: Link;
  /** Where its REDIS_URL leads now. */
  readonly address: RedisModel;
  /** Between two commands of a batch the server may do something else for so many milliseconds. */
  gap(): number;
  /** Something of interest has happened: a fault may follow. */
  hook(event: string): void;
}

/** A connection of a node to a modelled server: `RedisConnection` as its users see it. */
export class ModelConnection implements Pick<RedisConnection, 'isOpen' | 'onClose' | 'batch' | 'close'> {
  isOpen = true;
  private readonly server: RedisModel;
  private readonly start: number;
  private readonly pending = new Set<(reason: string) => void>();
  private readonly listeners: (() => void)[] = [];
  /** Batches arrive, run and are answered in the order in which they were sent. */
  private arrivesAfter = 0;
  private answersAfter = 0;
  private readonly line: (() => void)[] = [];
  private busy = false;

  static open(caller: Caller): Promise<ModelConnection> {
    const { process, redisLink, address } = caller;
    return new Promise((resolve, reject) => {
      const failed = (): void => reject(new RedisUnreachable('no connection'));
      if (redisLink.isCut) process.timer(CONNECT_MS, failed);
      else if (!address.isUp) process.receives(redisLink.latency(), failed);
      else
        process.receives(redisLink.latency(), () =>
          address.isUp ? resolve(new ModelConnection(caller, address)) : failed(),
        );
    });
  }

  private constructor(
    private readonly caller: Caller,
    server: RedisModel,
  ) {
    this.server = server;
    this.start = server.start;
    server.whenKilled(() => caller.process.receives(caller.redisLink.latency(), () => this.lose('closed')));
  }

  onClose(listener: () => void): void {
    this.listeners.push(listener);
  }

  close(): void {
    this.lose('closed by itself');
  }

  batch(commands: readonly Command[]): Promise<readonly unknown[]> {
    const { process, redisLink } = this.caller;
    if (!this.isOpen) return Promise.reject(new RedisUnreachable('the connection is lost'));
    return new Promise((resolve, reject) => {
      const fail = (reason: string): void => {
        this.pending.delete(fail);
        cancel();
        reject(new RedisUnreachable(reason));
      };
      const cancel = process.timer(COMMAND_MS, () => this.lose(`no answer within ${COMMAND_MS} ms`), true);
      this.pending.add(fail);
      const answer = (replies: readonly unknown[]): void => {
        if (!this.pending.delete(fail)) return;
        cancel();
        resolve(replies);
      };
      redisLink.leaves(() => this.send(commands, answer));
    });
  }

  private send(commands: readonly Command[], answer: (replies: readonly unknown[]) => void): void {
    const { world, redisLink } = this.caller;
    const travel = redisLink.travel();
    if (travel === undefined) return;
    this.arrivesAfter = Math.max(this.arrivesAfter, world.now + travel);
    world.after(this.arrivesAfter - world.now, () => this.arrives(commands, answer));
  }

  private arrives(commands: readonly Command[], answer: (replies: readonly unknown[]) => void): void {
    if (this.busy) return void this.line.push(() => this.arrives(commands, answer));
    this.busy = true;
    this.run(commands, [], answer);
  }

  /** Command by command: only each by itself is atomic. */
  private run(
    commands: readonly Command[],
    replies: unknown[],
    answer: (replies: readonly unknown[]) => void,
  ): void {
    const { caller } = this;
    const { world, process } = caller;
    if (this.server.start !== this.start || !this.server.isUp) return;
    if (this.server.frozenFor > 0)
      return void world.after(this.server.frozenFor, () => this.run(commands, replies, answer));
    for (let next = commands[replies.length]; next; next = commands[replies.length]) {
      const reply = this.server.execute(next);
      replies.push(reply);
      const [name] = next;
      world.note(() => `${this.server.name} ← ${process.name}: ${shown(next)} → ${shownReply(reply)}`);
      caller.hook(name);
      const gap = caller.gap();
      if (gap > 0) return void world.after(gap, () => this.run(commands, replies, answer));
    }
    this.busy = false;
    this.line.shift()?.();
    this.replies(() => answer(replies));
  }

  private replies(answer: () => void): void {
    const { world, process, redisLink } = this.caller;
    const travel = redisLink.travel();
    if (travel === undefined) return;
    this.answersAfter = Math.max(this.answersAfter, world.now + travel);
    process.receives(this.answersAfter - world.now, answer);
  }

  private lose(reason: string): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    for (const fail of [...this.pending]) fail(reason);
    this.caller.process.receives(0, () => this.listeners.forEach((listener) => listener()));
  }
}

const shown = ([name, ...args]: Command): string =>
  [name, ...args.filter((arg) => !String(arg).includes('redis.call'))].join(' ');

const shownReply = (reply: unknown): string =>
  reply instanceof Error
    ? reply.message
    : (JSON.stringify(reply) ?? 'OK')
        .replace(/^.*role:(\w+).*master_replid:(\w{8}).*$/s, '$1 $2')
        .slice(0, 200);
