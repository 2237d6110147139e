import { availableParallelism } from 'node:os';
import type { MailAddress, SmtpServer } from './mail-parsers.js';
import type { Argon2Cost } from './parsers.js';
import type { Mode } from './setting.js';
import { type RateLimits, rateLimitsOf } from './throttle-settings.js';
import { readEnv, type Values } from './read-env.js';
import { NO_PROXIES, type TrustedProxies } from './trusted-proxies.js';
import manifest from '../../../package.json' with { type: 'json' };

/** What the service does, decided from the settings. Durations are milliseconds unless the name says otherwise. */
export interface Config {
  readonly mode: Mode;
  /** package.json's. */
  readonly version: string;
  readonly listen: { readonly hosts: readonly string[]; readonly ports: readonly number[] };
  readonly database: {
    readonly url: string | undefined;
    /** The role that migrates; undefined: the service's own. */
    readonly migrationUrl: string | undefined;
    readonly dataDir: string | undefined;
    readonly pool: number;
  };
  /** Undefined: PostgreSQL alone answers whether a token is revoked, and counts what is throttled. */
  readonly redisUrl: string | undefined;
  readonly mail: {
    /** Undefined: the development mailbox takes them. */
    readonly server: SmtpServer | undefined;
    readonly from: MailAddress;
    /** Whether what a mail said is kept once it is done with: for the development mailbox alone. */
    readonly keepContent: boolean;
  };
  readonly publicUrl: string;
  readonly links: Links;
  readonly contracts: { readonly hosts: ReadonlyMap<string, string>; readonly fallback: string };
  readonly secretKeys: readonly string[];
  readonly tokens: {
    readonly issuer: string;
    readonly audience: string;
    readonly algorithm: 'ES256' | 'RS256';
    readonly accessTtl: number;
  };
  readonly sessions: {
    readonly idleTtl: number;
    readonly maxAge: number;
    readonly reuseGrace: number;
    /** Live ones of one account. */
    readonly perUser: number;
  };
  readonly codes: { readonly searchLimit: number };
  /** Milliseconds; 0 demands nothing. */
  readonly reauthenticationWindow: number;
  readonly corsOrigins: readonly string[];
  readonly accounts: { readonly requireVerifiedEmail: boolean; readonly hideUnknown: boolean };
  readonly lockout: {
    /** Of one account or name from one network. */
    readonly network: GuessLimit;
    /** Of one account or name from all networks together. */
    readonly account: GuessLimit;
    readonly knownNetworkTtl: number;
    /** No failure is answered earlier. */
    readonly failureFloor: number;
  };
  /** Whose X-Forwarded-For is believed. */
  readonly trustedProxies: TrustedProxies;
  /** Whether common passwords are refused. */
  readonly passwordBlocklist: boolean;
  readonly throttle: { readonly on: boolean; readonly limits: RateLimits };
  readonly passwordHash: { readonly cost: Argon2Cost; readonly concurrency: number; readonly queue: number };
  readonly docsPublic: boolean;
  /** Where /metrics is; undefined: nowhere. */
  readonly metricsPort: number | 'public' | undefined;
  readonly shutdownDelay: number;
  readonly logLevel: string;
}

/** So many wrong passwords within so long lock for as long. */
export interface GuessLimit {
  readonly attempts: number;
  readonly duration: number;
}

/** Where the links in mails lead: never taken from a request. An application may have bases of its own. */
export interface Links {
  readonly verifyEmail: (token: string, ownBase?: string | null) => string;
  readonly resetPassword: (token: string, ownBase?: string | null) => string;
}

/** `base` with `?token=…`, beside whatever query it has. */
function withToken(base: string, token: string): string {
  const url = new URL(base);
  url.searchParams.set('token', token);
  return url.href;
}

/** Nest's token for the configuration; an interface leaves no trace at run time. */
export const CONFIG = Symbol('Config');

/** How many hashes may wait for each that runs: at about 25 ms a hash the last one waits under 2 s. */
const QUEUE_PER_HASH = 64;

/**
 * The configuration that an environment asks for.
 * @param knownContracts ids that CONTRACT_HOSTS and DEFAULT_CONTRACT may name
 * Throws ConfigError, which lists every fault at once.
 */
export function loadConfig(
  env: Readonly<Record<string, string | undefined>>,
  knownContracts: readonly string[],
): Config {
  const check = (values: Partial<Values>) => [
    ...unknownContracts(values, knownContracts),
    ...sharedPort(values),
    ...loneMigrator(values),
  ];
  return decide(readEnv(env, check));
}

function unknownContracts(values: Partial<Values>, known: readonly string[]): string[] {
  const named = [...(values.CONTRACT_HOSTS?.entries() ?? [])].map(([host, id]) => [
    `CONTRACT_HOSTS gives ${host}`,
    id,
  ]);
  return [...named, ['DEFAULT_CONTRACT gives', values.DEFAULT_CONTRACT ?? '']]
    .filter(([, id]) => !known.includes(id as string))
    .map(([what, id]) => `${what} the contract ${id}: there are ${known.join(', ')}`);
}

/** Port 0 is another free one each time. */
function sharedPort({ METRICS_PORT: port, PORTS: ports }: Partial<Values>): string[] {
  if (typeof port !== 'number' || port === 0 || !ports?.includes(port)) return [];
  return [`METRICS_PORT must not be one of PORTS, and is ${port}: public gives them all /metrics`];
}

/** The embedded database has one role. */
function loneMigrator({ MIGRATION_DATABASE_URL: migrator, DATABASE_URL: url }: Partial<Values>): string[] {
  if (migrator === undefined || url !== undefined) return [];
  return ['MIGRATION_DATABASE_URL is set, and DATABASE_URL is not: set both, or neither'];
}

function decide(values: Values): Config {
  const ports = values.PORTS as number[];
  const publicUrl = values.PUBLIC_URL ?? `http://localhost:${ports[0]}`;
  const resetUrl = values.PASSWORD_RESET_URL ?? `${publicUrl}/reset-password`;
  const concurrency = values.HASH_CONCURRENCY ?? availableParallelism();
  return {
    mode: values.GATEHOUSE_MODE as Mode,
    version: manifest.version,
    listen: { hosts: values.HOST as string[], ports },
    database: {
      url: values.DATABASE_URL,
      migrationUrl: values.MIGRATION_DATABASE_URL,
      dataDir: values.DATA_DIR,
      pool: values.DATABASE_POOL as number,
    },
    redisUrl: values.REDIS_URL,
    mail: {
      server: values.SMTP_URL,
      from: values.MAIL_FROM as MailAddress,
      keepContent: values.GATEHOUSE_MODE === 'development',
    },
    publicUrl,
    links: {
      verifyEmail: (token, ownBase) =>
        ownBase ? withToken(ownBase, token) : `${publicUrl}/api/v1/auth/verify-email/${token}`,
      resetPassword: (token, ownBase) => withToken(ownBase ?? resetUrl, token),
    },
    contracts: {
      hosts: values.CONTRACT_HOSTS ?? new Map(),
      fallback: values.DEFAULT_CONTRACT as string,
    },
    secretKeys: values.SECRET_KEYS as string[],
    tokens: {
      issuer: values.JWT_ISSUER ?? publicUrl,
      audience: values.JWT_AUDIENCE as string,
      algorithm: values.JWT_ALGORITHM as 'ES256' | 'RS256',
      accessTtl: values.ACCESS_TOKEN_TTL as number,
    },
    sessions: {
      idleTtl: values.REFRESH_TOKEN_TTL as number,
      maxAge: values.SESSION_MAX_AGE as number,
      reuseGrace: values.REFRESH_REUSE_GRACE as number,
      perUser: values.SESSIONS_PER_USER as number,
    },
    codes: { searchLimit: values.CODE_SEARCH_LIMIT as number },
    reauthenticationWindow: values.REAUTHENTICATION_WINDOW as number,
    corsOrigins: values.CORS_ORIGINS as readonly string[],
    accounts: {
      requireVerifiedEmail: values.REQUIRE_VERIFIED_EMAIL as boolean,
      hideUnknown: values.ENUMERATION_PROTECTION as boolean,
    },
    lockout: {
      network: { attempts: values.LOCKOUT_ATTEMPTS as number, duration: values.LOCKOUT_DURATION as number },
      account: {
        attempts: values.LOCKOUT_ACCOUNT_ATTEMPTS as number,
        duration: values.LOCKOUT_ACCOUNT_DURATION as number,
      },
      knownNetworkTtl: values.KNOWN_NETWORK_TTL as number,
      failureFloor: values.LOGIN_FAILURE_FLOOR as number,
    },
    trustedProxies: values.TRUSTED_PROXIES ?? NO_PROXIES,
    passwordBlocklist: values.PASSWORD_BLOCKLIST as boolean,
    throttle: { on: values.THROTTLE as boolean, limits: rateLimitsOf(values) },
    passwordHash: {
      cost: values.ARGON2_COST as Argon2Cost,
      concurrency,
      queue: concurrency * QUEUE_PER_HASH,
    },
    docsPublic: values.DOCS_PUBLIC as boolean,
    metricsPort: values.METRICS_PORT,
    shutdownDelay: values.SHUTDOWN_DELAY as number,
    logLevel: values.LOG_LEVEL as string,
  };
}
