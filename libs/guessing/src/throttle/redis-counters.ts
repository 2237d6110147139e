import { performance } from 'node:perf_hooks';
import type { Clock } from '@gatehouse/kernel';
import { RedisConnection, RedisUnreachable } from '@gatehouse/database';
import type { Counted, Refused } from './counters.js';

/** Beside the denylist's hash in the same Redis, and each with an expiry: what is counted does not stay. */
const PREFIX = 'throttle:';

/** How long a Redis that failed is left alone. */
const PAUSE_MS = 1_000;

/**
 * KEYS the counters; ARGV now, then for each the count and the milliseconds of its limit. A counter is a hash of `hits`
 * and `resets`; the time is the node's, so that it turns with the tests' clock. Gives which limit refuses and for how
 * many milliseconds, or nothing.
 */
const TAKE = `
local now = tonumber(ARGV[1])
local refused, latest = 0, 0
local hits = {}
for i, key in ipairs(KEYS) do
  local state = redis.call('HMGET', key, 'hits', 'resets')
  local resets = tonumber(state[2]) or 0
  hits[i] = resets > now and tonumber(state[1]) or 0
  if hits[i] >= tonumber(ARGV[2 * i]) and resets > latest then refused, latest = i, resets end
end
if refused > 0 then return {refused, latest - now} end
for i, key in ipairs(KEYS) do
  if hits[i] == 0 then
    local ms = tonumber(ARGV[2 * i + 1])
    redis.call('HSET', key, 'hits', 1, 'resets', string.format('%.0f', now + ms))
    redis.call('PEXPIRE', key, ms)
  else
    redis.call('HINCRBY', key, 'hits', 1)
  end
end
return {}`;

/** ARGV a pattern. Removes what fits it, a page at a time. */
const REMOVE = `
local cursor = '0'
repeat
  local page = redis.call('SCAN', cursor, 'MATCH', ARGV[1], 'COUNT', 1000)
  cursor = page[1]
  for _, key in ipairs(page[2]) do redis.call('UNLINK', key) end
until cursor == '0'`;

/** Counters in Redis, over a connection of their own: what is counted never waits behind the denylist, nor it behind this. */
export class RedisCounters {
  private connection: RedisConnection | undefined;
  private opening: Promise<void> | undefined;
  private restUntil = 0;
  private closed = false;

  constructor(
    private readonly url: string,
    private readonly clock: Clock,
  ) {}

  /** Connects, if it can: a Redis that is away is tried again later. */
  open(): Promise<void> {
    this.opening ??= this.connect().finally(() => (this.opening = undefined));
    return this.opening;
  }

  /** As `Take`. Throws where Redis does not do it; at once, without asking, within a second of the last time. */
  async take(limits: readonly Counted[]): Promise<Refused | undefined> {
    const connection = this.connected();
    try {
      const args = limits.flatMap(({ most, ms }) => [most, ms]);
      const keys = limits.map(({ key }) => PREFIX + key);
      const [reply] = await connection.batch([
        ['EVAL', TAKE, keys.length, ...keys, this.clock.now(), ...args],
      ]);
      if (reply instanceof Error) throw reply;
      const [index, ms] = reply as [number?, number?];
      return index === undefined ? undefined : { index: index - 1, seconds: Math.ceil((ms ?? 0) / 1_000) };
    } catch (error) {
      this.restUntil = performance.now() + PAUSE_MS;
      throw error;
    }
  }

  /** Removes all counters. Throws where Redis does not do it. */
  async clear(): Promise<void> {
    const [reply] = await this.connected().batch([['EVAL', REMOVE, 0, `${PREFIX}*`]]);
    if (reply instanceof Error) throw reply;
  }

  close(): void {
    this.closed = true;
    this.connection?.close();
  }

  private connected(): RedisConnection {
    const resting = performance.now() < this.restUntil;
    if (this.connection?.isOpen && !resting) return this.connection;
    // Nobody waits for it: this request is counted elsewhere.
    if (!resting) void this.open();
    throw new RedisUnreachable('there is no connection');
  }

  private async connect(): Promise<void> {
    if (this.connection?.isOpen) return;
    try {
      const connection = await RedisConnection.open(this.url);
      if (this.closed) connection.close();
      else this.connection = connection;
    } catch {
      this.restUntil = performance.now() + PAUSE_MS;
    }
  }
}
