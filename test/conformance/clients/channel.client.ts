import { claimsOf } from '../support/claims.js';
import { ISO_MICROSECONDS } from '../support/formats.js';
import {
  type Asked,
  type Checked,
  type ContractClient,
  type Documented,
  lackingIn,
  type Operation,
  type Outcome,
  type Person,
  type Proof,
  type Tokens,
} from './contract-client.js';
import { type Addressing, DocumentClient, verdictOf } from './document-client.js';

const BASE = '/api/auth';

const lacks = lackingIn('channel.md', BASE);

/** What a client application sends with every request. */
export interface Application {
  readonly apiToken: string;
  readonly channel: string;
}

export const DEVELOPMENT_APPLICATION: Application = { apiToken: 'dev-api-token', channel: 'web' };

const shown = ({ person, tokens }: Asked) => ({
  uuid: claimsOf(tokens.access).sub,
  firstName: person.firstName,
  lastName: person.lastName,
  email: person.email,
  role: 'USER',
  status: person.status,
});

const done =
  (message: string): Documented =>
  () => [200, { statusCode: 200, message }];

/** channel.md. */
export class ChannelClient extends DocumentClient implements ContractClient {
  readonly id = 'channel';
  protected override readonly everywhere;

  constructor(server: () => string, addressing: Addressing, application = DEVELOPMENT_APPLICATION) {
    super(server, addressing);
    this.everywhere = { 'api-token': application.apiToken, channel: application.channel };
  }

  readonly facts = {
    registered: 201,
    registers: 'PENDING',
    registrationOpensSession: true,
    hasUsernames: false,
    storesNames: true,
    refreshBy: 'access',
    rotates: true,
    refreshPresentsBoth: false,
    channel: 'web',
    used: 400,
    blocked: 403,
    resetOfUnknown: 200,
    verifiesBy: 'code',
  } as const;

  readonly refusal = {
    mediaType: 'application/json',
    body: (status: number, answered: { errors?: unknown } | undefined) => ({
      statusCode: status,
      message: expect.any(String),
      // where fields were refused, and nowhere else
      ...(status === 400 && answered && 'errors' in answered && { errors: expect.any(Object) }),
    }),
  };

  readonly guarded = [
    ['POST', `${BASE}/logout`],
    ['POST', `${BASE}/refresh-token`],
  ] as const;

  readonly documented: { readonly [O in Operation]?: Documented } = {
    register: (asked) => [
      201,
      {
        statusCode: 201,
        message: 'Registration successful',
        data: {
          token: asked.tokens.access,
          user: { ...shown(asked), createdAt: expect.stringMatching(ISO_MICROSECONDS) },
        },
      },
    ],
    logIn: (asked) => [
      200,
      {
        statusCode: 200,
        message: 'Login successful',
        data: { token: asked.tokens.access, user: { ...shown(asked), profileImage: asked.person.image } },
      },
    ],
    logOut: done('Logout successful'),
    requestReset: done('Password reset link has been sent to your email'),
    confirmReset: done('Password has been reset'),
    verifyEmail: ({ tokens }) => [
      200,
      {
        statusCode: 200,
        message: 'Email verified successfully',
        data: {
          user: {
            uuid: claimsOf(tokens.access).sub,
            status: 'ACTIVE',
            emailVerifiedAt: expect.stringMatching(ISO_MICROSECONDS),
          },
        },
      },
    ],
    refresh: ({ tokens }) => [
      200,
      { statusCode: 200, message: 'Token refreshed', data: { token: tokens.access } },
    ],
  };

  register({ firstName, lastName, email, password }: Person): Promise<Outcome> {
    const names = { firstName: firstName ?? 'John', lastName: lastName ?? 'Doe' };
    return this.call('POST', `${BASE}/register`, {
      body: { ...names, email, password, passwordConfirmation: password, phoneNumber: '+1234567890' },
    });
  }

  logIn(login: string, password: string): Promise<Outcome> {
    return this.call('POST', `${BASE}/login`, { body: { email: login, password } });
  }

  refresh({ refresh }: Tokens): Promise<Outcome> {
    return this.call('POST', `${BASE}/refresh-token`, { access: refresh });
  }

  async check(access: string): Promise<Checked> {
    const outcome = await this.use(access);
    return { ...outcome, verdict: verdictOf(outcome, this.facts.used) };
  }

  /** The document takes a token at no call that changes nothing; this one is refused for its missing code after it was. */
  use(access: string): Promise<Outcome> {
    return this.call('POST', `${BASE}/verify-email`, { access, body: {} });
  }

  logOut(access: string): Promise<Outcome> {
    return this.call('POST', `${BASE}/logout`, { access });
  }

  requestReset(email: string): Promise<Outcome> {
    return this.call('POST', `${BASE}/forgot-password`, { body: { email } });
  }

  confirmReset(token: string, password: string): Promise<Outcome> {
    return this.call('POST', `${BASE}/reset-password`, {
      body: { token, password, passwordConfirmation: password },
    });
  }

  verifyEmail({ code, email }: Proof): Promise<Outcome> {
    return this.call('POST', `${BASE}/verify-email`, { body: { verificationCode: code, email } });
  }

  readonly identify = lacks('no answer that tells whose a token is', 'GET', 'profile');
  readonly profile = lacks('no profile', 'GET', 'profile');
  readonly updateProfile = lacks('no change of the profile', 'PATCH', 'profile');
  readonly changePassword = lacks('no change of the password', 'PUT', 'change-password');
  readonly resetBySession = lacks('no new password without a mailed link', 'PUT', 'change-password');
  readonly listSessions = lacks('no session list', 'GET', 'sessions');
  readonly endSession = lacks('no ending of another session', 'DELETE', 'sessions/id');
  readonly endSessions = lacks('no ending of all sessions', 'DELETE', 'sessions');
  readonly health = lacks('no health check', 'GET', 'health');

  protected tokensOf(body: { data?: { token?: unknown } }) {
    return { access: body.data?.token, refresh: body.data?.token };
  }
}
