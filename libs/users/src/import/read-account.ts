import { isUuid, textFault } from '@gatehouse/kernel';
import { emailFault, usernameFault } from '../account-names.js';
import { hashFault } from '../password-hashes/index.js';
import type { Role, UserStatus } from '../user.entity.js';

/** An account as a line of an import says it: trimmed, checked, and null where it says nothing. */
export interface AccountLine {
  readonly id: string | null;
  readonly username: string | null;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly passwordHash: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly phoneNumber: string | null;
  readonly role: Role;
  readonly status: UserStatus;
  readonly createdAt: Date | null;
}

type Fault = (value: unknown, now: number) => string | undefined;

const oneOf =
  (...choices: string[]): Fault =>
  (value) =>
    choices.includes(value as string) ? undefined : `must be ${choices.join(' or ')}`;

const textTo =
  (most: number): Fault =>
  (value) =>
    textFault(value, 1, most);

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

function momentFault(value: unknown, now: number): string | undefined {
  const time = typeof value === 'string' && MOMENT.test(value) ? Date.parse(value) : NaN;
  if (Number.isNaN(time)) return 'must be a moment with its zone, such as 2024-05-31T12:00:00Z';
  if (time < 0) return 'must be later than 1970';
  return time > now ? 'must not be in the future' : undefined;
}

/** The keys that a line may have, and why a value that is neither absent nor null is refused. */
const FIELDS: Readonly<Record<keyof AccountLine, Fault>> = {
  id: (value) => (isUuid(value) ? undefined : 'must be a UUID in lower case'),
  username: usernameFault,
  email: emailFault,
  emailVerified: (value) => (typeof value === 'boolean' ? undefined : 'must be true or false'),
  passwordHash: (value) => textFault(value, 1, 512) ?? hashFault(value as string),
  firstName: textTo(100),
  lastName: textTo(200),
  phoneNumber: textTo(50),
  role: oneOf('USER', 'ADMIN'),
  status: oneOf('PENDING', 'ACTIVE', 'BLOCKED'),
  createdAt: momentFault,
};

const NAMES = Object.keys(FIELDS) as (keyof AccountLine)[];

const trimmed = (value: unknown): unknown => (typeof value === 'string' ? value.trim() : value);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // V8's own message quotes what it read, which may be a hash
    return undefined;
  }
}

/**
 * The account that a line of JSON says, or every reason why it is refused. No reason quotes a value.
 * @param now milliseconds since the epoch
 */
export function readAccount(text: string, now: number): AccountLine | readonly string[] {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return ['is not a JSON object'];
  const given = value as Readonly<Record<string, unknown>>;
  const said = (name: string): unknown =>
    Object.hasOwn(given, name) ? (trimmed(given[name]) ?? undefined) : undefined;
  const faults = [...unknownKeys(given), ...NAMES.flatMap((name) => faultsOf(name, said(name), now))];
  if (said('status') === 'PENDING' && said('emailVerified') === true)
    faults.push('status PENDING means that the email is not verified');
  return faults.length > 0 ? faults : accountFrom(said);
}

const unknownKeys = (given: object): string[] =>
  Object.keys(given)
    .filter((key) => !Object.hasOwn(FIELDS, key))
    .map((key) => `${JSON.stringify(key.slice(0, 50))} is no known key`);

function faultsOf(name: keyof AccountLine, value: unknown, now: number): string[] {
  if (value === undefined && name !== 'email') return [];
  const fault = FIELDS[name](value, now);
  return fault === undefined ? [] : [`${name} ${fault}`];
}

function accountFrom(said: (name: string) => unknown): AccountLine {
  const text = (name: string): string | null => (said(name) as string | undefined) ?? null;
  const createdAt = text('createdAt');
  return {
    id: text('id'),
    username: text('username'),
    email: said('email') as string,
    emailVerified: said('emailVerified') === true,
    passwordHash: text('passwordHash'),
    firstName: text('firstName'),
    lastName: text('lastName'),
    phoneNumber: text('phoneNumber'),
    role: (text('role') ?? 'USER') as Role,
    status: (text('status') ?? 'ACTIVE') as UserStatus,
    createdAt: createdAt === null ? null : new Date(createdAt),
  };
}
