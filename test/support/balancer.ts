import { setTimeout as sleep } from 'node:timers/promises';
import { send } from './http.js';

/** What load balancers call the check interval; theirs is a few seconds. */
const CHECK_EVERY_MS = 50;

/** A load balancer's part: asks each node's /health/ready all the time, and gives requests in turn to those that want them. */
export class Balancer {
  private readonly nodes = new Map<string, boolean>();
  private turn = 0;

  /** Asks this node from now on. @param url the node's */
  watch(url: string): void {
    this.nodes.set(url, false);
    void this.follow(url);
  }

  /** The node that the next request is for. */
  next(): string {
    const ready = [...this.nodes].filter(([, isReady]) => isReady).map(([url]) => url);
    const node = ready[this.turn++ % ready.length];
    if (node === undefined) throw new Error('no node is ready');
    return node;
  }

  isReady(url: string): boolean {
    return this.nodes.get(url) ?? false;
  }

  /** Asks nobody any more. */
  stop(): void {
    this.nodes.clear();
  }

  private async follow(url: string): Promise<void> {
    while (this.nodes.has(url)) {
      const status = await send('GET', `${url}/health/ready`).then(
        (answer) => answer.status,
        () => undefined,
      );
      if (this.nodes.has(url)) this.nodes.set(url, status === 200);
      await sleep(CHECK_EVERY_MS);
    }
  }
}
