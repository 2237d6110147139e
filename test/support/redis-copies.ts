import type { SessionId } from '@gatehouse/kernel';
import type { Entry } from '../../libs/tokens/src/denylist/copy.js';
import { RedisCopy } from '../../libs/tokens/src/denylist/redis-copy.js';
import { RedisServer } from './redis-server.js';

export const NOW = Date.now();
export const ENDS = NOW + 3_600_000;

export const entry = (sid: SessionId, value = '*', keepUntil = ENDS): Entry => ({ sid, value, keepUntil });

const steps: (() => unknown)[] = [];

/** Done after the test, the last one first, whatever has become of the test. */
export function atEnd(step: () => unknown): void {
  steps.push(step);
}

afterEach(async () => {
  for (const step of steps.splice(0).reverse()) await step();
});

/** A copy for one test, connected unless that failed. */
export async function copyAt(url: string): Promise<RedisCopy> {
  const copy = new RedisCopy(url, () => undefined);
  atEnd(() => copy.close());
  await copy.probe();
  return copy;
}

/** A server for one test. */
export async function serverWith(settings: readonly string[] = []): Promise<RedisServer> {
  const server = await RedisServer.start(settings);
  atEnd(() => server.stop());
  return server;
}
