import { positiveDuration } from './parsers.js';
import { setting, SettingFault } from './setting.js';

/** How many requests within how many milliseconds. */
export interface RateLimit {
  readonly most: number;
  readonly ms: number;
}

/** What is throttled. */
export const ACTS = ['login', 'register', 'refresh', 'mail', 'code'] as const;
export type Act = (typeof ACTS)[number];

/** By what requests are counted together: where they come from, through which application, about whom. */
export const SCOPES = ['network', 'client', 'target'] as const;
export type Scope = (typeof SCOPES)[number];

/** The limits of each act and scope; an empty list is none. All of them hold. */
export type RateLimits = Readonly<Record<Act, Readonly<Record<Scope, readonly RateLimit[]>>>>;

/** `300/1m`, `30/1m,300/1h`; `0` or `off` for no limit. */
export function rateLimits(text: string): readonly RateLimit[] {
  if (text === '0' || text === 'off') return [];
  const limits = text.split(',').map((item) => rateLimit(item.trim()));
  if (new Set(limits.map(({ ms }) => ms)).size < limits.length)
    throw new SettingFault('must name each duration once');
  return limits;
}

function rateLimit(text: string): RateLimit {
  const match = /^([1-9]\d{0,8})\/(\w+)$/.exec(text);
  if (!match) throw new SettingFault('must be limits such as 300/1m or 30/1m,300/1h, or off');
  return { most: Number(match[1]), ms: positiveDuration(match[2] as string) };
}

const limits = (value: string, about: string) => setting(rateLimits, { default: value, about });

/** One for each act and scope: `THROTTLE_<ACT>_<SCOPE>`. */
export const THROTTLE_SETTINGS = {
  THROTTLE_LOGIN_NETWORK: limits(
    '300/1m,6000/1h',
    'logins from one network (an IPv4 address, an IPv6 /64): `<count>/<duration>`, several separated by commas all ' +
      'hold; `off` for no limit. So are all of `THROTTLE_…`',
  ),
  THROTTLE_LOGIN_CLIENT: limits('6000/1m', 'logins through one client application (Api-Token)'),
  THROTTLE_LOGIN_TARGET: limits('30/1m', 'logins with one name from one network, whatever their outcome'),
  THROTTLE_REGISTER_NETWORK: limits('30/1m,300/1h', 'registrations from one network'),
  THROTTLE_REGISTER_CLIENT: limits('600/1m', 'registrations through one client application'),
  THROTTLE_REGISTER_TARGET: limits('10/1m', 'registrations of one e-mail address from one network'),
  THROTTLE_REFRESH_NETWORK: limits('1200/1m', 'refreshes from one network'),
  THROTTLE_REFRESH_CLIENT: limits('24000/1m', 'refreshes through one client application'),
  THROTTLE_REFRESH_TARGET: limits('60/1m', 'refreshes of one session'),
  THROTTLE_MAIL_NETWORK: limits('30/1m,300/1h', 'requests for a mail (reset, verification) from one network'),
  THROTTLE_MAIL_CLIENT: limits('600/1m', 'requests for a mail through one client application'),
  THROTTLE_MAIL_TARGET: limits(
    '1/1m,5/1h',
    'mails to one recipient, resets and verifications each by themselves; beyond, the answer is as if sent',
  ),
  THROTTLE_CODE_NETWORK: limits('60/1m,600/1h', 'codes entered from one network'),
  THROTTLE_CODE_CLIENT: limits('1200/1m', 'codes entered through one client application'),
} as const;

type Values = { readonly [Name in keyof typeof THROTTLE_SETTINGS]?: readonly RateLimit[] | undefined };

/** The limits that the settings name. */
export const rateLimitsOf = (values: Values): RateLimits =>
  Object.fromEntries(
    ACTS.map((act) => [
      act,
      Object.fromEntries(SCOPES.map((scope) => [scope, values[nameOf(act, scope)] ?? []])),
    ]),
  ) as RateLimits;

const nameOf = (act: Act, scope: Scope) =>
  `THROTTLE_${act.toUpperCase()}_${scope.toUpperCase()}` as keyof typeof THROTTLE_SETTINGS;
