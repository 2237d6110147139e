import { claimsOf } from '../support/claims.js';
import { EPOCH_MILLISECONDS } from '../support/formats.js';
import {
  type Checked,
  type ContractClient,
  type Documented,
  type Identified,
  lackingIn,
  type Operation,
  type Outcome,
  type Person,
  type Profile,
  type Tokens,
} from './contract-client.js';
import { DocumentClient, verdictOf } from './document-client.js';

const BASE = '/api/auth';

const lacks = lackingIn('jsend.md', BASE);

const success = (data: unknown): readonly [number, unknown] => [
  200,
  { status: 'success', timestamp: EPOCH_MILLISECONDS, data },
];

const pair: Documented = ({ tokens }) => success({ jwtToken: tokens.access, refreshToken: tokens.refresh });

const fullName = ({ firstName, lastName }: Person): string =>
  [firstName, lastName].filter((name) => name !== null).join(' ');

const user: Documented = ({ person, tokens }) =>
  success({
    user: {
      email: person.email,
      role: 'GENERAL',
      id: claimsOf(tokens.access).sub,
      fullName: fullName(person),
      profileImage: person.image?.link ?? '',
    },
  });

/** jsend.md. */
export class JsendClient extends DocumentClient implements ContractClient {
  readonly id = 'jsend';
  protected override readonly host = 'localhost:8080';

  readonly facts = {
    registered: 200,
    registers: 'ACTIVE',
    registrationOpensSession: true,
    hasUsernames: false,
    storesNames: true,
    refreshBy: 'uuid',
    rotates: true,
    refreshPresentsBoth: true,
    channel: null,
    showsStatus: false,
    used: 200,
    blocked: 403,
  } as const;

  readonly refusal = {
    mediaType: 'application/json',
    body: () => ({ status: 'error', timestamp: EPOCH_MILLISECONDS, message: expect.any(String) }),
  };

  readonly guarded = [
    ['POST', `${BASE}/logout`],
    ['GET', `${BASE}/get_user`],
    ['POST', `${BASE}/refresh_token`],
    ['PUT', `${BASE}/reset_password`],
  ] as const;

  readonly documented: { readonly [O in Operation]?: Documented } = {
    register: pair,
    logIn: pair,
    // the one answer without an envelope
    refresh: ({ tokens }) => [200, { token: tokens.access, refreshToken: tokens.refresh }],
    identify: user,
    profile: user,
    logOut: () => success('User logged out successfully'),
    resetBySession: pair,
  };

  register(person: Person): Promise<Outcome> {
    const { email, password } = person;
    return this.call('POST', `${BASE}/register`, {
      body: { fullName: fullName(person) || 'test', email, password },
    });
  }

  logIn(login: string, password: string): Promise<Outcome> {
    return this.call('POST', `${BASE}/login`, { body: { email: login, password } });
  }

  refresh({ access, refresh }: Tokens): Promise<Outcome> {
    return this.call('POST', `${BASE}/refresh_token`, { access, headers: { 'Refresh-Token': refresh } });
  }

  async check(access: string): Promise<Checked> {
    const outcome = await this.use(access);
    return { ...outcome, verdict: verdictOf(outcome, this.facts.used) };
  }

  async identify(access: string): Promise<Identified> {
    const outcome = await this.use(access);
    const { id: uuid, email, role } = outcome.body.data.user;
    return { ...outcome, holder: { uuid, email, role: role === 'GENERAL' ? 'USER' : role } };
  }

  use(access: string): Promise<Outcome> {
    return this.call('GET', `${BASE}/get_user`, { access });
  }

  profile(access: string): Promise<Profile> {
    return this.use(access);
  }

  logOut(access: string): Promise<Outcome> {
    return this.call('POST', `${BASE}/logout`, { access });
  }

  resetBySession(access: string, password: string): Promise<Outcome> {
    return this.call('PUT', `${BASE}/reset_password`, { access, body: { password } });
  }

  readonly updateProfile = lacks('no change of the profile', 'PATCH', 'user');
  readonly changePassword = lacks('no change that asks for the current password', 'PUT', 'change-password');
  readonly requestReset = lacks('no reset by mail', 'POST', 'password-reset');
  readonly confirmReset = lacks('no reset by mail', 'POST', 'password-reset/confirm');
  readonly verifyEmail = lacks('no e-mail verification', 'GET', 'verify-email/secret');
  readonly listSessions = lacks('no session list', 'GET', 'sessions');
  readonly endSession = lacks('no ending of another session', 'DELETE', 'sessions/id');
  readonly endSessions = lacks('no ending of all sessions', 'DELETE', 'sessions');
  readonly health = lacks('no health check', 'GET', 'health');

  protected tokensOf(body: { token?: unknown; refreshToken?: unknown; data?: unknown }) {
    const { jwtToken, refreshToken } = (body.data ?? {}) as Record<string, unknown>;
    return { access: body.token ?? jwtToken, refresh: body.refreshToken ?? refreshToken };
  }
}
