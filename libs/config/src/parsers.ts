import { SettingFault } from './setting.js';

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const YEARS_10 = 3650 * UNITS.d;

/** `15m`, `3600s`, `7d`, `500ms`, `0s` → milliseconds. */
export function duration(text: string): number {
  const match = /^(\d{1,12})(ms|s|m|h|d)$/.exec(text);
  if (!match) throw new SettingFault('must be a duration such as 15m, 3600s or 7d');
  const ms = Number(match[1]) * UNITS[match[2] as keyof typeof UNITS];
  if (ms > YEARS_10) throw new SettingFault('must be at most 3650d');
  return ms;
}

/** A duration of at least one second. */
export function positiveDuration(text: string): number {
  const ms = duration(text);
  if (ms < 1_000) throw new SettingFault('must be at least 1s');
  return ms;
}

/** What a failed login may wait for: far less than the time in which every request is answered. */
export function failureFloor(text: string): number {
  const ms = duration(text);
  if (ms > 3_000) throw new SettingFault('must be at most 3s');
  return ms;
}

/** A whole number within bounds, both included. */
export const integer =
  (least: number, most: number) =>
  (text: string): number => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (!(value >= least && value <= most)) {
      throw new SettingFault(`must be a whole number from ${least} to ${most}`);
    }
    return value;
  };

export function boolean(text: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  throw new SettingFault('must be true or false');
}

export const oneOf =
  <const T extends string>(...choices: T[]) =>
  (text: string): T => {
    if ((choices as string[]).includes(text)) return text as T;
    throw new SettingFault(`must be one of ${choices.join(', ')}`);
  };

const items = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** A comma-separated list of at least one item. */
export const list =
  <T>(parse: (item: string) => T) =>
  (text: string): T[] => {
    const found = items(text);
    if (found.length === 0) throw new SettingFault('must not be empty');
    return found.map(parse);
  };

export const port = integer(0, 65_535);

/** An absolute http or https URL without credentials, query or fragment; given back without a trailing slash. */
export function httpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new SettingFault('must be an http or https URL such as https://auth.example.com');
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new SettingFault('must be a URL without user, query and fragment');
  }
  return url.href.replace(/\/+$/, '');
}

export function postgresUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['postgres:', 'postgresql:'].includes(url.protocol) || url.pathname.length < 2) {
    throw new SettingFault('must be a URL such as postgres://user:password@host:5432/database');
  }
  return text;
}

/** `redis://[user:password@]host[:port][/database]`, or `rediss:` for TLS. */
export function redisUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['redis:', 'rediss:'].includes(url.protocol) || !url.hostname) {
    throw new SettingFault('must be a URL such as redis://user:password@host:6379/0');
  }
  if (!/^(\/\d{0,5})?$/.test(url.pathname) || url.search || url.hash) {
    throw new SettingFault("must end with the port, or with the database's number such as /0");
  }
  return text;
}

/** A port, or `public` for the ports of the service itself. */
export function metricsPort(text: string): number | 'public' {
  if (text === 'public') return text;
  try {
    return port(text);
  } catch {
    throw new SettingFault('must be a port from 0 to 65535, or public');
  }
}

/** `host[:port]=contract,…` → a map from the lower-case host to the contract's id. Empty is allowed. */
export function contractHosts(text: string): ReadonlyMap<string, string> {
  const hosts = new Map<string, string>();
  for (const item of items(text)) {
    const match = /^([^\s=/]+)=([a-z][a-z0-9-]*)$/.exec(item);
    if (!match)
      throw new SettingFault('must be a list of host[:port]=contract, such as auth.example.com=jsend');
    const [, host, contract] = match as unknown as [string, string, string];
    hosts.set(host.toLowerCase(), contract);
  }
  return hosts;
}

/** `https://app.example.com,http://localhost:*` → origins (RFC 6454), `:*` for any port. Empty is allowed. */
export function corsOrigins(text: string): readonly string[] {
  return items(text).map((item) => {
    const origin = item.toLowerCase();
    const url = origin.replace(/:\*$/, ':1');
    // a * elsewhere would parse, and match nothing
    if (url.includes('*') || !/^https?:/.test(url) || !URL.canParse(url) || new URL(url).origin !== url) {
      throw new SettingFault(
        'must be a list of origins such as https://app.example.com or http://localhost:*',
      );
    }
    return origin;
  });
}

/** Secrets of at least 32 characters each. */
export function secretKeys(text: string): string[] {
  return list((item) => {
    if (item.length < 32) {
      throw new SettingFault(
        'needs secrets of at least 32 characters each; make one with: openssl rand -base64 32',
      );
    }
    return item;
  })(text);
}

/** Cost of argon2id (RFC 9106): `m=<KiB>,t=<passes>,p=<lanes>`. */
export interface Argon2Cost {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

export function argon2Cost(text: string): Argon2Cost {
  const match = /^m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})$/.exec(text);
  const [memoryKiB, passes, lanes] = (match ?? []).slice(1).map(Number);
  if (!memoryKiB || !passes || !lanes || memoryKiB < 8 * lanes) {
    throw new SettingFault('must be a cost such as m=19456,t=2,p=1 (KiB of memory, passes, lanes)');
  }
  return { memoryKiB, passes, lanes };
}
