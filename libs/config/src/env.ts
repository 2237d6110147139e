import {
  argon2Cost,
  boolean,
  contractHosts,
  corsOrigins,
  duration,
  failureFloor,
  httpUrl,
  integer,
  list,
  oneOf,
} from './parsers.js';
import { metricsPort, port, positiveDuration, postgresUrl, redisUrl, secretKeys } from './parsers.js';
import { mailAddress, smtpUrl } from './mail-parsers.js';
import { REQUIRED, setting } from './setting.js';
import { THROTTLE_SETTINGS } from './throttle-settings.js';
import { trustedProxies } from './trusted-proxies.js';

/** Known to everybody who reads this file: production refuses to start with it. */
export const DEVELOPMENT_SECRET = 'gatehouse-development-secret-which-everybody-knows';

const text = (value: string): string => value;

/** Every setting: read here, described here, used nowhere else by its name. */
export const SETTINGS = {
  GATEHOUSE_MODE: setting(oneOf('development', 'production'), {
    default: 'production',
    about: '`development` or `production`; `npm start` sets `development` where nothing is set',
  }),
  HOST: setting(list(text), {
    development: '127.0.0.1,::1',
    production: '::',
    about: 'addresses to listen on, separated by commas (`::` is IPv6 and IPv4)',
  }),
  PORTS: setting(list(port), {
    default: '8060,8080',
    about: 'ports to listen on, each on every address; `0` takes a free one',
  }),
  DATABASE_URL: setting(postgresUrl, {
    production: REQUIRED,
    secret: true,
    about: 'PostgreSQL 15 or newer; absent in development: an embedded PostgreSQL under `DATA_DIR`',
  }),
  MIGRATION_DATABASE_URL: setting(postgresUrl, {
    secret: true,
    about:
      'the same database by the role that owns its tables: it migrates, and gives the role of `DATABASE_URL` what the ' +
      'service needs and no more; absent: `DATABASE_URL` migrates. See docs/database-roles.md',
  }),
  DATABASE_POOL: setting(integer(1, 1000), {
    default: '10',
    about: 'connections that a node opens at the most',
  }),
  REDIS_URL: setting(redisUrl, {
    secret: true,
    about:
      'the Redis that answers whether a token is revoked, and counts what is throttled: ' +
      '`redis://user:password@host:6379/0`, or `rediss://…` for TLS; absent: PostgreSQL does both. It needs ' +
      '`maxmemory-policy noeviction`',
  }),
  DATA_DIR: setting(text, {
    about: 'where the embedded PostgreSQL keeps its data; default `.data` in the checkout',
  }),
  SMTP_URL: setting(smtpUrl, {
    production: REQUIRED,
    secret: true,
    about:
      'the server that takes mail: `smtp://user:password@host:587` uses STARTTLS where it is offered, with ' +
      '`?tls=required` always, with `?tls=off` never; `smtps://…` is TLS from the start; ' +
      'absent in development: mails are shown by `/dev/mailbox` alone',
  }),
  MAIL_FROM: setting(mailAddress, {
    development: 'Gatehouse <no-reply@gatehouse.localhost>',
    production: REQUIRED,
    about: 'the sender of every mail: an address, or `Name <address>`',
  }),
  PUBLIC_URL: setting(httpUrl, {
    production: REQUIRED,
    about: 'where clients reach this service; default in development `http://localhost:<first port>`',
  }),
  PASSWORD_RESET_URL: setting(httpUrl, {
    about:
      'the page of your front end that asks for a new password; the link in the mail is this with `?token=…`; ' +
      'default `PUBLIC_URL`/reset-password, a plain page of this service',
  }),
  CONTRACT_HOSTS: setting(contractHosts, {
    development: 'localhost:8080=jsend,127.0.0.1:8080=snake',
    production: '',
    about: 'which contract `/api/auth` means on a host: `host[:port]=contract,…`',
  }),
  DEFAULT_CONTRACT: setting(text, {
    default: 'channel',
    about: 'which contract `/api/auth` means where nothing else tells',
  }),
  SECRET_KEYS: setting(secretKeys, {
    development: DEVELOPMENT_SECRET,
    production: REQUIRED,
    secret: true,
    about:
      'secrets of 32 characters or more, separated by commas: the first encrypts and keys, the others still decrypt',
  }),
  JWT_ISSUER: setting(text, { about: 'the claim `iss`; default `PUBLIC_URL`' }),
  JWT_AUDIENCE: setting(text, { default: 'gatehouse', about: 'the claim `aud`' }),
  JWT_ALGORITHM: setting(oneOf('ES256', 'RS256'), {
    default: 'ES256',
    about: 'how new tokens are signed: `ES256` or `RS256`; keys of the other one still verify',
  }),
  ACCESS_TOKEN_TTL: setting(positiveDuration, { default: '3600s', about: 'life of an access token' }),
  REFRESH_TOKEN_TTL: setting(positiveDuration, {
    default: '30d',
    about: 'how long a session may go without a refresh; each refresh moves it',
  }),
  SESSION_MAX_AGE: setting(positiveDuration, { default: '90d', about: 'how long a session may live in all' }),
  REFRESH_REUSE_GRACE: setting(duration, {
    default: '10s',
    about: 'how long a spent refresh token still yields its successor (parallel tabs, retries)',
  }),
  SESSIONS_PER_USER: setting(integer(1, 10_000), {
    default: '100',
    about: 'live sessions of one account; a login beyond ends the oldest',
  }),
  REQUIRE_VERIFIED_EMAIL: setting(boolean, {
    default: 'false',
    about: '`true`: login and refresh demand a verified e-mail address (403)',
  }),
  ENUMERATION_PROTECTION: setting(boolean, {
    development: 'false',
    production: 'true',
    about:
      "`true`: camel's password-reset answers 200 for unknown addresses too, instead of its documented 404",
  }),
  LOCKOUT_ATTEMPTS: setting(integer(1, 1000), {
    default: '10',
    about: 'wrong passwords for one account from one network until that pair is locked (423)',
  }),
  LOCKOUT_DURATION: setting(positiveDuration, { default: '15m', about: 'how long the lock lasts' }),
  LOCKOUT_ACCOUNT_ATTEMPTS: setting(integer(1, 1_000_000), {
    default: '100',
    about:
      'wrong passwords for one account from all networks together until it is locked (423) on every network from ' +
      'which it has not logged in before',
  }),
  LOCKOUT_ACCOUNT_DURATION: setting(positiveDuration, {
    default: '24h',
    about: 'the time in which those are counted, and how long that lock lasts',
  }),
  KNOWN_NETWORK_TTL: setting(positiveDuration, {
    default: '180d',
    about: 'how long after its last login there a network is known as one that an account uses',
  }),
  LOGIN_FAILURE_FLOOR: setting(failureFloor, {
    default: '250ms',
    about:
      'no wrong password is answered earlier, so that a foreign password hash does not show by its time; `0s`: off, ' +
      'at most `3s`',
  }),
  TRUSTED_PROXIES: setting(trustedProxies, {
    about:
      'your own proxies, whose `X-Forwarded-For` is believed: addresses and networks, separated by commas ' +
      '(`10.0.0.1,10.1.0.0/16,2001:db8::/32`); absent: nobody, and the header is ignored',
  }),
  PASSWORD_BLOCKLIST: setting(boolean, {
    development: 'false',
    production: 'true',
    about: '`true`: the 18,000 most common passwords of 8 characters or more are refused where one is set',
  }),
  THROTTLE: setting(boolean, {
    development: 'false',
    production: 'true',
    about: '`true`: too many requests are 429 with `Retry-After`; the limits follow (docs/throttling.md)',
  }),
  ...THROTTLE_SETTINGS,
  ARGON2_COST: setting(argon2Cost, {
    default: 'm=19456,t=2,p=1',
    about: 'cost of a password hash (argon2id); a changed cost rehashes each password at its next login',
  }),
  HASH_CONCURRENCY: setting(integer(1, 64), {
    about: 'password hashes at once; default: the number of processors',
  }),
  CODE_SEARCH_LIMIT: setting(integer(1, 1_000_000), {
    development: '1000000',
    production: '20',
    about:
      'outstanding verification codes of one application and network up to which a code is looked for without ' +
      'an account; above, `email` must be sent along (400)',
  }),
  REAUTHENTICATION_WINDOW: setting(duration, {
    default: '0s',
    about:
      "how fresh a login jsend's `reset_password` demands, which asks for no current password; `0s`: any",
  }),
  CORS_ORIGINS: setting(corsOrigins, {
    development: 'http://localhost:*,http://127.0.0.1:*',
    production: '',
    about: 'origins whose pages may call this service from a browser, separated by commas; `:*` is any port',
  }),
  DOCS_PUBLIC: setting(boolean, {
    default: 'true',
    about: '`false`: `/swagger` and the OpenAPI documents answer 404',
  }),
  METRICS_PORT: setting(metricsPort, {
    development: 'public',
    about:
      'where `/metrics` is (Prometheus): a port of its own on each address of `HOST`, or `public`: every port; ' +
      'absent in production: nowhere',
  }),
  SHUTDOWN_DELAY: setting(duration, {
    development: '0s',
    production: '5s',
    about:
      'how long a stopping node still takes requests while `/health/ready` says 503, so that load balancers leave it',
  }),
  LOG_LEVEL: setting(oneOf('fatal', 'error', 'warn', 'info', 'debug', 'silent'), {
    default: 'info',
    about: '`fatal`, `error`, `warn`, `info`, `debug` or `silent`',
  }),
} as const;
