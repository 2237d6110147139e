import { whileOverloaded } from '../support/full-hash-queue.js';
import { type Answer, bearer, send } from '../support/http.js';
import {
  CONTRACT_IDS,
  type ContractId,
  demandedHeaders,
  freshName,
  isLive,
  mailedResetToken,
  type OpenAccount,
  openAccount,
  PASSWORD,
} from '../support/open-account.js';
import { type Service, startService } from '../support/start-service.js';

const GOOD = 'a password that nobody guesses';
const COMMON = /is one of the most common passwords: choose another one/;
const OWN = /must not be your own name, username or e-mail address: choose another one/;
const CURRENT = /must not be the current password: choose another one/;

let service: Service;
beforeAll(async () => {
  service = await startService({ env: { PASSWORD_BLOCKLIST: 'true', HASH_CONCURRENCY: '1' } });
});
afterAll(() => service.stop());

const post = (contract: ContractId, path: string, body: object): Promise<Answer> =>
  send('POST', `${service.url}/${contract}${path}`, { headers: demandedHeaders(contract), body });

/** The whole refusal as the contract words it: 400, the contract's own field, and why. */
function expectRefused(contract: ContractId, answer: Answer, field: string, reason: RegExp): void {
  const said = (pattern: string): unknown => expect.stringMatching(new RegExp(pattern));
  const why = said(`^${reason.source}$`);
  const named = said(`^${field} ${reason.source}$`);
  const bodies: Record<ContractId, object> = {
    token: {
      type: 'about:blank',
      title: 'Bad Request',
      status: 400,
      detail: said('password was refused'),
      code: 'password_refused',
      errors: [{ field, reason: why }],
    },
    camel: {
      timestamp: said('Z$'),
      status: 400,
      message: said(`^Validation failed for field '${field}': it ${reason.source}$`),
    },
    channel: { statusCode: 400, message: said('password was refused'), errors: { [field]: [why] } },
    jsend: { status: 'error', timestamp: expect.any(Number), message: named },
    snake: { message: named, timestamp: said('Z$'), status_code: 400, data: null },
  };
  expect({ status: answer.status, body: answer.json }).toEqual({ status: 400, body: bodies[contract] });
}

interface Registering {
  readonly path: string;
  /** The passwords that are the account's own name. */
  readonly own: (name: string) => readonly string[];
  readonly body: (name: string, password: string) => object;
}

const email = (name: string): string => `${name}@example.com`;

const REGISTERING: Record<ContractId, Registering> = {
  token: {
    path: '/v1/auth/token/register',
    own: (name) => [name, name.toUpperCase(), email(name)],
    body: (username, password) => ({
      username,
      email: email(username),
      password,
      password_confirm: password,
    }),
  },
  camel: {
    path: '/api/v1/auth/register',
    own: (name) => [name, ` ${email(name)} `],
    body: (username, password) => ({ username, email: email(username), password }),
  },
  channel: {
    path: '/api/auth/register',
    own: (name) => [name, email(name), 'Ottokarine', 'Maximilian Doe', 'ottokarine maximilian doe'],
    body: (name, password) => ({
      firstName: 'Ottokarine',
      lastName: 'Maximilian Doe',
      email: email(name),
      password,
      passwordConfirmation: password,
    }),
  },
  jsend: {
    path: '/api/auth/register',
    own: (name) => [name, email(name), 'Ottokarine', 'OTTOKARINE MAXIMILIAN DOE'],
    body: (name, password) => ({ fullName: 'Ottokarine Maximilian Doe', email: email(name), password }),
  },
  snake: {
    path: '/api/auth/register',
    own: (name) => [name, email(name), 'Ottokarine', 'OttokarineMaximilian'],
    body: (username, password) => ({
      first_name: 'Ottokarine',
      last_name: 'Maximilian',
      username,
      email: email(username),
      password,
    }),
  },
};

describe.each(CONTRACT_IDS)('registration of %s', (contract) => {
  const { path, own, body } = REGISTERING[contract];

  it('refuses a common password and its own names, makes nothing, and takes another one', async () => {
    const name = freshName();
    const register = (password: string) => post(contract, path, body(name, password));
    for (const password of ['PassWord', 'abc123456'])
      expectRefused(contract, await register(password), 'password', COMMON);
    for (const password of own(name)) expectRefused(contract, await register(password), 'password', OWN);
    expect(await service.database.query('SELECT FROM users WHERE email = $1', [email(name)])).toEqual([]);
    expect((await register(GOOD)).status).toBeLessThan(300);
  });
});

type Setter = (password: string) => Promise<Answer>;

/** Every way to set another password, as a function from the password to the answer. */
const SETTING: readonly [
  name: string,
  contract: ContractId,
  field: string,
  open: (account: OpenAccount) => Setter | Promise<Setter>,
][] = [
  [
    "camel's change-password",
    'camel',
    'newPassword',
    ({ camel }) =>
      (newPassword) =>
        send('PUT', `${service.url}/camel/api/v1/auth/change-password`, {
          headers: bearer(camel.accessToken),
          body: { currentPassword: PASSWORD, newPassword },
        }),
  ],
  [
    "camel's reset by link",
    'camel',
    'newPassword',
    async (account) => {
      const token = await mailedResetToken(service, account.email);
      return (newPassword) => post('camel', '/api/v1/auth/password-reset/confirm', { token, newPassword });
    },
  ],
  [
    "channel's reset by link",
    'channel',
    'password',
    async (account) => {
      const token = await mailedResetToken(service, account.email);
      return (password) =>
        post('channel', '/api/auth/reset-password', { token, password, passwordConfirmation: password });
    },
  ],
  [
    "jsend's reset_password",
    'jsend',
    'password',
    ({ jsend }) =>
      (password) =>
        send('PUT', `${service.url}/jsend/api/auth/reset_password`, {
          headers: bearer(jsend.accessToken),
          body: { password },
        }),
  ],
];

const logInStatus = async ({ username }: OpenAccount, password: string): Promise<number> =>
  (await post('camel', '/api/v1/auth/login', { username, password })).status;

describe.each(SETTING)('%s', (_, contract, field, open) => {
  it('refuses a common, an own and the current password, spends nothing by it, and then takes another', async () => {
    const account = await openAccount(service);
    const set = await open(account);
    expectRefused(contract, await set('iloveyou'), field, COMMON);
    for (const own of [account.username.toUpperCase(), account.email])
      expectRefused(contract, await set(own), field, OWN);
    expectRefused(contract, await set(PASSWORD), field, CURRENT);
    for (const each of CONTRACT_IDS) expect(await isLive(service, account[each])).toBe(true);
    expect(await logInStatus(account, PASSWORD)).toBe(200);

    expect((await set(GOOD)).status).toBe(200);
    expect([await logInStatus(account, PASSWORD), await logInStatus(account, GOOD)]).toEqual([401, 200]);
  });
});

describe("the page's form", () => {
  it('says why it refuses a password, and its link works on', async () => {
    const account = await openAccount(service);
    const token = await mailedResetToken(service, account.email);
    const set = (password: string): Promise<Answer> =>
      send('POST', `${service.url}/reset-password`, {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ token, password, confirmation: password }).toString(),
      });
    for (const [password, reason] of [
      ['iloveyou', COMMON],
      [account.username, OWN],
      [PASSWORD, CURRENT],
    ] as const) {
      const { status, text } = await set(password);
      expect(status).toBe(400);
      expect(text).toMatch(new RegExp(`id="fault">The password ${reason.source}\\.<`));
    }
    expect((await set(GOOD)).status).toBe(200);
    expect(await logInStatus(account, GOOD)).toBe(200);
  });
});

describe('who may not know the current password', () => {
  it('is not told by a change that it is not', async () => {
    const account = await openAccount(service);
    const guess = 'a guess at the password';
    const answer = await send('PUT', `${service.url}/camel/api/v1/auth/change-password`, {
      headers: bearer(account.camel.accessToken),
      body: { currentPassword: guess, newPassword: guess },
    });
    expect([answer.status, answer.json.message]).toEqual([400, 'Invalid current password']);
  });

  it('costs no hash with a link that does not work; one that works costs its hash within the limit of them', async () => {
    const { email } = await openAccount(service);
    const token = await mailedResetToken(service, email);
    const confirm = (of: string): Promise<Answer> =>
      post('camel', '/api/v1/auth/password-reset/confirm', { token: of, newPassword: GOOD });
    const [made, real] = await whileOverloaded(service, async () => [
      await confirm('made-up'),
      await confirm(token),
    ]);
    expect([made?.status, real?.status]).toEqual([400, 503]);
    expect((await confirm(token)).status).toBe(200);
  });
});
