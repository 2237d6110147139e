import { setTimeout as pause } from 'node:timers/promises';
import { type NodeName, now } from '../log.js';
import { CONTRACTS, type ContractId, VALIDATIONS } from './clients.js';
import { NODES, type Recorder, type Result } from './recorder.js';
import { type HeldToken, TokenPool } from './token-pool.js';

export const anyOf = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)] as T;

/** Those whose validation needs nothing but the token: where PostgreSQL is away the others hang. */
export const BARE: readonly ContractId[] = ['token', 'camel'];
/** Requests that nobody waits for, at one node. */
const ASIDE = 40;

/** What the people and the watchers of one round share. */
export class Load {
  readonly pool = new TokenPool();
  private ending = false;
  private readonly aside: Readonly<Record<NodeName, Set<Promise<unknown>>>> = { A: new Set(), B: new Set() };

  constructor(readonly recorder: Recorder) {}

  get isEnding(): boolean {
    return this.ending;
  }

  /** Nobody begins anything new. */
  end(): void {
    this.ending = true;
  }

  /** Resolves when every request that somebody did not wait for has ended. */
  async settled(): Promise<void> {
    for (const node of NODES) while (this.aside[node].size > 0) await Promise.all(this.aside[node]);
  }

  /** A request that nobody waits for, unless the node leaves many unanswered. */
  besides(node: NodeName, work: () => Promise<unknown>): void {
    const aside = this.aside[node];
    if (aside.size >= ASIDE) return;
    const running: Promise<unknown> = work().finally(() => aside.delete(running));
    aside.add(running);
  }

  /** Tries an access token, through any of the contracts: it need not be its own. */
  validate(node: NodeName, { value, facts }: HeldToken, through = CONTRACTS): Promise<Result> {
    const contract = anyOf(through);
    return this.recorder.ask('validate', node, contract, facts, (clients) =>
      VALIDATIONS[contract](clients, value),
    );
  }

  /** Tries tokens on every node at once, and a few more times soon. */
  async haunt(tokens: readonly HeldToken[]): Promise<void> {
    for (let round = 0; round < 3 && !this.ending; round++) {
      for (const token of tokens)
        for (const node of NODES) this.besides(node, () => this.validate(node, token, BARE));
      await pause(40);
    }
  }

  /**
   * Asks until somebody says yes or no, each time any node, as a careful client does with what was not acknowledged.
   * The last answer where the load ends first.
   */
  async persist(ask: (node: NodeName) => Promise<Result>): Promise<Result> {
    for (;;) {
      const result = await ask(this.recorder.anyNode());
      if (result.outcome === 'accepted' || result.outcome === 'refused' || this.ending) return result;
      await pause(100 + Math.random() * 200);
    }
  }
}

/** Answers slower than this come from faults, and are no reason to ask less. */
const SLOW_MS = 300;

/** Waits before the next request: the longer, the busier the machine is, so that the load does not break it. */
export const breathe = (least: number, lastTook: number): Promise<void> =>
  pause(least * (1 + Math.random()) + Math.min(lastTook, SLOW_MS));

/** Tries tokens at one node until the load ends. */
export async function watch(load: Load, node: NodeName, through: readonly ContractId[]): Promise<void> {
  while (!load.isEnding) {
    const token = load.pool.draw();
    const from = now();
    const result = token && (await load.validate(node, token, through));
    // a node that is away would be asked far more often than one that answers
    await breathe(result?.outcome === 'unanswered' ? 100 : 10, now() - from);
  }
}
