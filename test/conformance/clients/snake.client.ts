import { claimsOf } from '../support/claims.js';
import { ISO_MILLISECONDS, UUID } from '../support/formats.js';
import {
  type Asked,
  type Checked,
  type ContractClient,
  type Documented,
  type Identified,
  lackingIn,
  type Operation,
  type Outcome,
  type Person,
  type Profile,
  type ProfileChanges,
  type Tokens,
} from './contract-client.js';
import { DocumentClient, verdictOf } from './document-client.js';

const BASE = '/api/auth';
const ME = '/api/users/me';

const lacks = lackingIn('snake.md', BASE);

const ok = (message: string, data: unknown): readonly [number, unknown] => [
  200,
  { message, timestamp: expect.stringMatching(ISO_MILLISECONDS), status_code: 200, data },
];

const shown = ({ person: { firstName, lastName, ...person }, tokens }: Asked) => ({
  id: claimsOf(tokens.access).sub,
  username: person.username,
  email: person.email,
  role: 'user',
  first_name: firstName,
  last_name: lastName,
  full_name: firstName === null && lastName === null ? null : [firstName, lastName].filter(Boolean).join(' '),
  avatar_url: person.image?.link ?? null,
  is_active: person.status === 'ACTIVE',
  is_blocked: false,
});

const granted = (tokens: Tokens) => ({
  access_token: tokens.access,
  refresh_token: tokens.refresh,
  token_type: 'Bearer',
  expires_in: 3600,
});

const me: Documented = (asked) => ok('Ok', { user: shown(asked) });

/** snake.md. */
export class SnakeClient extends DocumentClient implements ContractClient {
  readonly id = 'snake';
  protected override readonly host = '127.0.0.1:8080';

  readonly facts = {
    registered: 200,
    registers: 'ACTIVE',
    registrationOpensSession: false,
    hasUsernames: true,
    storesNames: false,
    refreshBy: 'jwt',
    rotates: false,
    refreshPresentsBoth: false,
    channel: null,
    showsStatus: true,
    used: 200,
    blocked: 403,
  } as const;

  readonly refusal = {
    mediaType: 'application/json',
    body: (status: number) => ({
      message: expect.any(String),
      timestamp: expect.stringMatching(ISO_MILLISECONDS),
      status_code: status,
      data: null,
    }),
  };

  readonly guarded = [
    ['POST', `${BASE}/logout`],
    ['GET', ME],
    ['PATCH', ME],
  ] as const;

  readonly documented: { readonly [O in Operation]?: Documented } = {
    register: () => ok('Registered', { id: expect.stringMatching(UUID) }),
    logIn: (asked) => ok('Logged in', { user: shown(asked), ...granted(asked.tokens) }),
    refresh: ({ tokens }) => ok('New access token', granted(tokens)),
    identify: me,
    profile: me,
    updateProfile: (asked) => ok('Updated', { user: shown(asked) }),
    logOut: () => ok('Ok', { ok: true }),
  };

  register({ username, email, password }: Person): Promise<Outcome> {
    const names = { first_name: 'Alice', last_name: 'Doe' };
    return this.call('POST', `${BASE}/register`, { body: { ...names, username, email, password } });
  }

  logIn(login: string, password: string): Promise<Outcome> {
    return this.call('POST', `${BASE}/login`, { body: { email: login, password } });
  }

  refresh({ refresh }: Tokens): Promise<Outcome> {
    return this.call('POST', `${BASE}/refresh`, { body: { refresh_token: refresh } });
  }

  async check(access: string): Promise<Checked> {
    const outcome = await this.use(access);
    return { ...outcome, verdict: verdictOf(outcome, this.facts.used) };
  }

  async identify(access: string): Promise<Identified> {
    const outcome = await this.use(access);
    const { id: uuid, username, email, role } = outcome.body.data.user;
    return { ...outcome, holder: { uuid, username, email, role: role.toUpperCase() } };
  }

  use(access: string): Promise<Outcome> {
    return this.call('GET', ME, { access });
  }

  async profile(access: string): Promise<Profile> {
    const outcome = await this.use(access);
    const { is_active: active, is_blocked: blocked } = outcome.body.data.user;
    return { ...outcome, accountStatus: blocked ? 'BLOCKED' : active ? 'ACTIVE' : 'PENDING' };
  }

  updateProfile(access: string, { firstName, lastName, imageLink }: ProfileChanges): Promise<Outcome> {
    const body = { first_name: firstName, last_name: lastName, avatar_url: imageLink };
    return this.call('PATCH', ME, { access, body });
  }

  logOut(access: string): Promise<Outcome> {
    return this.call('POST', `${BASE}/logout`, { access });
  }

  readonly changePassword = lacks('no change of the password', 'PUT', 'change-password');
  readonly resetBySession = lacks('no change of the password', 'PUT', 'password');
  readonly requestReset = lacks('no password reset', 'POST', 'password-reset');
  readonly confirmReset = lacks('no password reset', 'POST', 'password-reset/confirm');
  readonly verifyEmail = lacks('no e-mail verification', 'GET', 'verify-email/secret');
  readonly listSessions = lacks('no session list', 'GET', 'sessions');
  readonly endSession = lacks('no ending of another session', 'DELETE', 'sessions/id');
  readonly endSessions = lacks('no ending of all sessions', 'DELETE', 'sessions');
  readonly health = lacks('no health check', 'GET', 'health');

  protected tokensOf(body: { data?: unknown }) {
    const { access_token: access, refresh_token: refresh } = (body.data ?? {}) as Record<string, unknown>;
    return { access, refresh };
  }
}
