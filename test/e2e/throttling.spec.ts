import type { FastifyInstance } from 'fastify';
import { scrape } from '../support/exposition.js';
import { enterCode, newApplication } from '../support/mailed-codes.js';
import { askChannel, channelUser } from '../support/channel-user.js';
import { type Answer, bearer, send } from '../support/http.js';
import { camel, freshName, isAlive, newPerson, token } from '../support/race-client.js';
import { type Service, startService } from '../support/start-service.js';

const MINUTE = 60_000;

/** Every limit of the network; those of clients and targets stay. */
const NETWORK_OFF = Object.fromEntries(
  ['LOGIN', 'REGISTER', 'REFRESH', 'MAIL', 'CODE'].map((act) => [`THROTTLE_${act}_NETWORK`, 'off']),
);

const statuses = async (count: number, ask: () => Promise<Answer>): Promise<number[]> => {
  const found: number[] = [];
  for (let i = 0; i < count; i++) found.push((await ask()).status);
  return found;
};

describe('limits of one target and one application', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({
      env: {
        THROTTLE: 'true',
        ...NETWORK_OFF,
        THROTTLE_LOGIN_TARGET: '2/1m',
        THROTTLE_REGISTER_TARGET: '2/1m',
        THROTTLE_REFRESH_TARGET: '2/1m',
        THROTTLE_LOGIN_CLIENT: '4/1m',
        THROTTLE_CODE_CLIENT: '2/1m',
      },
    });
  });
  afterAll(() => service.stop());
  beforeEach(() => service.clock.advance(MINUTE));

  /** A login as if from another address. */
  async function loginFrom(address: string, username: string): Promise<number> {
    const fastify = service.nest.getHttpAdapter().getInstance() as FastifyInstance;
    const { statusCode } = await fastify.inject({
      method: 'POST',
      url: '/camel/api/v1/auth/login',
      remoteAddress: address,
      payload: { username, password: 'correct horse battery' },
    });
    return statusCode;
  }

  it('a name is throttled in all its spellings, and from the network that overdoes it alone', async () => {
    const { username } = await newPerson(service);
    expect(await statuses(2, () => camel.login(service.url, username))).toEqual([200, 200]);
    expect(await statuses(1, () => camel.login(service.url, ` ${username.toUpperCase()}`))).toEqual([429]);
    expect(await statuses(1, () => token.login(service.url, username))).toEqual([429]);
    expect(await loginFrom('203.0.113.9', username)).not.toBe(429);
    expect(await statuses(1, () => camel.login(service.url, freshName()))).toEqual([401]);
  });

  it('an address is throttled where it is registered again and again', async () => {
    const email = `${freshName()}@example.com`;
    const register = () => camel.register(service.url, { username: freshName(), email });
    expect(await statuses(3, register)).toEqual([201, 409, 429]);
  });

  it.each([camel, token])('a session is throttled, and no other one with it: $name', async (dialect) => {
    const [person, other] = [await newPerson(service), await newPerson(service)];
    const sessions = await Promise.all(
      [person, other].map(async ({ username }) =>
        dialect.tokensOf(await dialect.login(service.url, username)),
      ),
    );
    const theirs = sessions[1] as (typeof sessions)[0];
    let mine = sessions[0] as (typeof sessions)[0];
    const refresh = async () => {
      const answer = await dialect.refresh(service.url, mine);
      if (answer.status === 200) mine = dialect.tokensOf(answer);
      return answer;
    };
    expect(await statuses(3, refresh)).toEqual([200, 200, 429]);
    expect((await dialect.refresh(service.url, theirs)).status).toBe(200);
  });

  it('nobody exhausts a session whose token they cannot present', async () => {
    const person = await newPerson(service);
    const forged = { ...person, refresh: `${person.refresh.slice(0, -20)}${'A'.repeat(20)}` };
    expect(await statuses(4, () => camel.refresh(service.url, forged))).toEqual([401, 401, 401, 401]);
    expect((await camel.refresh(service.url, person)).status).toBe(200);
  });

  it('an application is throttled, and no other one with it', async () => {
    const [one, other] = [await newApplication(service), await newApplication(service)];
    const logIn = (headers: Record<string, string>) => () =>
      askChannel(service, 'login', { email: freshName(), password: 'wrong password' }, headers);
    expect(await statuses(5, logIn(one))).toEqual([401, 401, 401, 401, 429]);
    expect(await statuses(1, logIn(other))).toEqual([401]);
    const enter = (headers: Record<string, string>) => () => enterCode(service, '000000', { headers });
    expect(await statuses(3, enter(one))).toEqual([400, 400, 429]);
    expect(await statuses(1, enter(other))).toEqual([400]);
  });

  it('/metrics tells what was refused, by act and scope', async () => {
    const refused = async () =>
      (await scrape(service.url)).value('gatehouse_throttled_total', { act: 'login', scope: 'target' }) ?? 0;
    const before = await refused();
    const name = freshName();
    await statuses(5, () => camel.login(service.url, name));
    expect((await refused()) - before).toBe(3);
  });
});

describe('with THROTTLE=false', () => {
  it('nothing is throttled and nothing counted', async () => {
    const service = await startService({
      env: { THROTTLE_LOGIN_NETWORK: '1/1h', THROTTLE_MAIL_NETWORK: '1/1h', THROTTLE_MAIL_TARGET: '1/1h' },
    });
    try {
      const { username } = await newPerson(service);
      expect(await statuses(3, () => camel.login(service.url, username))).toEqual([200, 200, 200]);
      const { email } = await channelUser(service);
      const forgot = () => askChannel(service, 'forgot-password', { email });
      expect(await statuses(3, forgot)).toEqual([200, 200, 200]);
      const [mails] = await service.database.query('SELECT count(*)::int FROM mails WHERE recipient = $1', [
        email,
      ]);
      expect(mails).toEqual({ count: 4 });
      expect(await service.database.query('SELECT FROM throttle_counters')).toEqual([]);
    } finally {
      await service.stop();
    }
  });
});

describe('with the limits that production has', () => {
  it('somebody registers, logs in, refreshes, is asked about and logs out; a hundred of an office log in at once', async () => {
    const service = await startService({ env: { THROTTLE: 'true' } });
    try {
      const person = await newPerson(service);
      const login = await camel.login(service.url, person.username);
      expect(login.status).toBe(200);
      const refreshed = await camel.refresh(service.url, camel.tokensOf(login));
      expect(refreshed.status).toBe(200);
      const { access } = camel.tokensOf(refreshed);
      const verify = () => send('PUT', `${service.url}/v1/auth/token/verify`, { headers: bearer(access) });
      expect(new Set(await statuses(400, verify))).toEqual(new Set([200]));
      expect((await camel.logout(service.url, access)).status).toBe(200);
      expect(await isAlive(service.url, access)).toBe(false);
      const office = await Promise.all(
        Array.from({ length: 100 }, () => camel.login(service.url, freshName(), 'wrong password')),
      );
      expect(new Set(office.map(({ status }) => status))).toEqual(new Set([401]));
    } finally {
      await service.stop();
    }
  });
});
