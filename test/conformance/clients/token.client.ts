import { claimsOf } from '../support/claims.js';
import { ISO_MILLISECONDS, UUID } from '../support/formats.js';
import {
  type Asked,
  type Checked,
  type ContractClient,
  type Documented,
  type Identified,
  lackingIn,
  type ListedSession,
  type Operation,
  type Outcome,
  type Person,
  type SessionList,
  type Tokens,
} from './contract-client.js';
import { DocumentClient, verdictOf } from './document-client.js';

const BASE = '/v1/auth/token';
const SESSIONS = '/v1/sessions';

const lacks = lackingIn('token.md', BASE);

const search = (query: Record<string, string>): string => {
  const text = new URLSearchParams(query).toString();
  return text === '' ? '' : `?${text}`;
};

type Row = Omit<ListedSession, 'ended'> & { readonly revoked_at: string | null };

const granted: Documented = ({ tokens }) => [
  200,
  { access_token: tokens.access, token_type: 'Bearer', expires_in: 3600, refresh_token: tokens.refresh },
];

const listed = ({ person, tokens }: Asked) => ({
  id: expect.stringMatching(UUID),
  user_id: claimsOf(tokens.access).uid,
  contract: expect.any(String),
  channel: null,
  ip: '127.0.0.1',
  user_agent: `${person.username}'s browser`,
  created_at: expect.stringMatching(ISO_MILLISECONDS),
  last_seen_at: expect.stringMatching(ISO_MILLISECONDS),
  expires_at: expect.stringMatching(ISO_MILLISECONDS),
  revoked_at: null,
  current: true,
});

/** token.md. */
export class TokenClient extends DocumentClient implements ContractClient {
  readonly id = 'token';

  readonly facts = {
    registered: 201,
    registers: 'ACTIVE',
    registrationOpensSession: false,
    hasUsernames: true,
    storesNames: false,
    refreshBy: 'jwt',
    rotates: true,
    refreshPresentsBoth: true,
    channel: null,
    used: 200,
    blocked: 403,
  } as const;

  readonly refusal = {
    mediaType: 'application/problem+json',
    body: (status: number) => ({
      type: 'about:blank',
      title: expect.any(String),
      status,
      detail: expect.any(String),
      code: expect.stringMatching(/^[a-z_]+$/),
      ...(status === 400 && { errors: [{ field: expect.any(String), reason: expect.any(String) }] }),
    }),
  };

  readonly guarded = [
    ['PUT', `${BASE}/verify`],
    ['PUT', `${BASE}/revoke`],
    ['POST', `${BASE}/refresh`],
    ['GET', `${SESSIONS}/users/1`],
    ['DELETE', `${SESSIONS}/users/1`],
    ['DELETE', `${SESSIONS}/00000000-0000-4000-8000-000000000000`],
  ] as const;

  readonly documented: { readonly [O in Operation]?: Documented } = {
    register: ({ person }) => [
      201,
      {
        id: expect.any(Number),
        username: person.username,
        email: person.email,
        created_at: expect.stringMatching(ISO_MILLISECONDS),
      },
    ],
    logIn: granted,
    refresh: granted,
    identify: ({ person, tokens }) => [
      200,
      {
        valid: true,
        user_id: claimsOf(tokens.access).uid,
        username: person.username,
        role: 'USER',
        session_id: claimsOf(tokens.access).sid,
        expires_at: new Date(claimsOf(tokens.access).exp * 1000).toISOString(),
      },
    ],
    logOut: () => [200, { revoked: true }],
    listSessions: (asked) => [
      200,
      { data: [listed(asked)], page: 1, per_page: 20, total: 1, total_pages: 1 },
    ],
    endSession: () => [204, undefined],
    endSessions: () => [204, undefined],
  };

  register({ username, email, password }: Person): Promise<Outcome> {
    return this.call('POST', `${BASE}/register`, {
      body: { username, password, password_confirm: password, email },
    });
  }

  logIn(login: string, password: string): Promise<Outcome> {
    const headers = { 'user-agent': `${login}'s browser` };
    return this.call('POST', `${BASE}/fresh`, { headers, body: { username: login, password } });
  }

  refresh({ access, refresh }: Tokens): Promise<Outcome> {
    return this.call('POST', `${BASE}/refresh`, { access, body: { type: 'refresh', token: refresh } });
  }

  async check(access: string): Promise<Checked> {
    const outcome = await this.verify(access);
    return { ...outcome, verdict: verdictOf(outcome, 200) };
  }

  async identify(access: string): Promise<Identified> {
    const outcome = await this.verify(access);
    const { user_id: userId, username, role } = outcome.body;
    return { ...outcome, holder: { userId, username, role } };
  }

  use(access: string): Promise<Outcome> {
    return this.listSessions(access, claimsOf(access).uid, { per_page: '1' });
  }

  logOut(access: string): Promise<Outcome> {
    return this.call('PUT', `${BASE}/revoke`, { access });
  }

  async listSessions(
    access: string,
    userId: number | string,
    query: Record<string, string> = {},
  ): Promise<SessionList> {
    const outcome = await this.call('GET', `${SESSIONS}/users/${userId}${search(query)}`, { access });
    const rows = (outcome.body?.data ?? []) as Row[];
    const sessions = rows.map(({ revoked_at: endedAt, ...row }) => ({
      id: row.id,
      contract: row.contract,
      channel: row.channel,
      current: row.current,
      ended: endedAt !== null,
    }));
    return { ...outcome, sessions };
  }

  endSession(access: string, sessionId: string): Promise<Outcome> {
    return this.call('DELETE', `${SESSIONS}/${sessionId}`, { access });
  }

  endSessions(access: string, userId: number | string, query: Record<string, string> = {}): Promise<Outcome> {
    return this.call('DELETE', `${SESSIONS}/users/${userId}${search(query)}`, { access });
  }

  readonly profile = lacks('no profile', 'GET', 'profile');
  readonly updateProfile = lacks('no profile', 'PATCH', 'profile');
  readonly changePassword = lacks('no change of the password', 'PUT', 'change-password');
  readonly resetBySession = lacks('no change of the password', 'PUT', 'reset_password');
  readonly requestReset = lacks('no password reset', 'POST', 'password-reset');
  readonly confirmReset = lacks('no password reset', 'POST', 'password-reset/confirm');
  readonly verifyEmail = lacks('no e-mail verification', 'GET', 'verify-email/secret');
  readonly health = lacks('no health check', 'GET', 'health');

  protected tokensOf(body: Record<string, unknown>) {
    return { access: body['access_token'], refresh: body['refresh_token'] };
  }

  private verify(access: string): Promise<Outcome> {
    return this.call('PUT', `${BASE}/verify`, { access });
  }
}
