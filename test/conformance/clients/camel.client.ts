import { claimsOf } from '../support/claims.js';
import { LOCAL_SECONDS, ZULU_SECONDS } from '../support/formats.js';
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
  type Proof,
  type Tokens,
  type Verdict,
} from './contract-client.js';
import { DocumentClient } from './document-client.js';

const BASE = '/api/v1/auth';

const lacks = lackingIn('camel.md', BASE);

const granted =
  (status: number): Documented =>
  ({ person, tokens }) => [
    status,
    {
      accessToken: tokens.access,
      refreshToken: tokens.refresh,
      tokenType: 'Bearer',
      expiresAt: new Date(claimsOf(tokens.access).exp * 1000).toISOString().slice(0, 19),
      userId: claimsOf(tokens.access).uid,
      username: person.username,
      role: 'ROLE_USER',
    },
  ];

const success =
  (message: string): Documented =>
  () => [200, { success: true, message, data: null }];

const VERDICTS: Readonly<Record<string, Verdict>> = {
  'Token has expired': 'expired',
  'Token has been revoked': 'revoked',
  'Invalid token': 'invalid',
};

/** camel.md. */
export class CamelClient extends DocumentClient implements ContractClient {
  readonly id = 'camel';

  readonly facts = {
    registered: 201,
    registers: 'PENDING',
    registrationOpensSession: true,
    hasUsernames: true,
    storesNames: false,
    refreshBy: 'jwt',
    rotates: true,
    refreshPresentsBoth: false,
    channel: null,
    showsStatus: true,
    used: 200,
    blocked: 423,
    wrongCurrentPassword: 400,
    resetOfUnknown: 404,
    verifiesBy: 'link',
  } as const;

  readonly refusal = {
    mediaType: 'application/json',
    body: (status: number) => ({
      timestamp: expect.stringMatching(ZULU_SECONDS),
      status,
      message: expect.any(String),
    }),
  };

  readonly guarded = [
    ['POST', `${BASE}/logout`],
    ['PUT', `${BASE}/change-password`],
    ['GET', `${BASE}/profile`],
  ] as const;

  readonly documented: { readonly [O in Operation]?: Documented } = {
    register: granted(201),
    logIn: granted(200),
    refresh: granted(200),
    identify: ({ person, tokens }) => [
      200,
      {
        valid: true,
        userId: claimsOf(tokens.access).uid,
        username: person.username,
        role: 'ROLE_USER',
        expirationTime: claimsOf(tokens.access).exp,
        errorMessage: null,
      },
    ],
    logOut: success('Successfully logged out'),
    changePassword: success('Password changed successfully'),
    requestReset: success('Password reset instructions sent to your email'),
    confirmReset: success('Password reset successfully'),
    verifyEmail: success('Email verified successfully'),
    profile: ({ person, tokens }) => [
      200,
      {
        id: claimsOf(tokens.access).uid,
        username: person.username,
        email: person.email,
        role: 'USER',
        createdAt: expect.stringMatching(LOCAL_SECONDS),
        lastLoginAt: expect.stringMatching(LOCAL_SECONDS),
        status: person.status,
      },
    ],
    health: () => [
      200,
      {
        success: true,
        message: 'Auth service is healthy',
        data: {
          timestamp: expect.stringMatching(ZULU_SECONDS),
          service: 'auth-service',
          version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
        },
      },
    ],
  };

  register({ username, email, password }: Person): Promise<Outcome> {
    return this.call('POST', `${BASE}/register`, { body: { username, email, password } });
  }

  logIn(login: string, password: string): Promise<Outcome> {
    return this.call('POST', `${BASE}/login`, { body: { username: login, password } });
  }

  refresh({ refresh }: Tokens): Promise<Outcome> {
    return this.call('POST', `${BASE}/refresh`, { body: { refreshToken: refresh } });
  }

  async check(access: string): Promise<Checked> {
    const outcome = await this.validate(access);
    const { valid, errorMessage } = outcome.body;
    return {
      ...outcome,
      verdict: valid ? 'valid' : (VERDICTS[errorMessage] ?? unknownReason(errorMessage)),
    };
  }

  async identify(access: string): Promise<Identified> {
    const outcome = await this.validate(access);
    const { userId, username, role } = outcome.body;
    return { ...outcome, holder: { userId, username, role: role?.replace('ROLE_', '') } };
  }

  use(access: string): Promise<Outcome> {
    return this.profile(access);
  }

  logOut(access: string): Promise<Outcome> {
    return this.call('POST', `${BASE}/logout`, { access });
  }

  async profile(access: string): Promise<Profile> {
    const outcome = await this.call('GET', `${BASE}/profile`, { access });
    return { ...outcome, accountStatus: outcome.body.status };
  }

  changePassword(access: string, currentPassword: string, newPassword: string): Promise<Outcome> {
    return this.call('PUT', `${BASE}/change-password`, { access, body: { currentPassword, newPassword } });
  }

  requestReset(email: string): Promise<Outcome> {
    return this.call('POST', `${BASE}/password-reset`, { body: { email } });
  }

  confirmReset(token: string, newPassword: string): Promise<Outcome> {
    return this.call('POST', `${BASE}/password-reset/confirm`, { body: { token, newPassword } });
  }

  verifyEmail({ link }: Proof): Promise<Outcome> {
    return this.call('GET', `${BASE}/verify-email/${link}`);
  }

  health(): Promise<Outcome> {
    return this.call('GET', `${BASE}/health`);
  }

  readonly updateProfile = lacks('no change of the profile', 'PATCH', 'profile-update');
  readonly resetBySession = lacks('no new password without the current one', 'PUT', 'reset_password');
  readonly listSessions = lacks('no session list', 'GET', 'sessions');
  readonly endSession = lacks('no ending of another session', 'DELETE', 'sessions/id');
  readonly endSessions = lacks('no ending of all sessions', 'DELETE', 'sessions');

  protected tokensOf(body: Record<string, unknown>) {
    return { access: body['accessToken'], refresh: body['refreshToken'] };
  }

  private validate(access: string): Promise<Outcome> {
    return this.call('POST', `${BASE}/validate`, { body: { token: access } });
  }
}

function unknownReason(message: unknown): never {
  throw new Error(`camel's /validate gave a reason that is none of the documented ones: ${String(message)}`);
}
