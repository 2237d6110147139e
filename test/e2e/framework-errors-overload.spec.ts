import { type Answer, send } from '../support/http.js';
import { isLive, type OpenAccount, openAccount } from '../support/open-account.js';
import { expectRefusal } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';

/** One hash at once, each of the production cost: 64 may wait for it. */
const SLOW = { HASH_CONCURRENCY: '1', ARGON2_COST: 'm=19456,t=2,p=1' };
const QUEUE = 64;
const FLOOD = 2 * QUEUE + 20;

describe('more logins than can be hashed', () => {
  let service: Service;
  let account: OpenAccount;
  beforeAll(async () => {
    service = await startService({ env: SLOW });
    account = await openAccount(service);
  });
  afterAll(() => service.stop());

  const logIn = (contract: 'token' | 'camel'): Promise<Answer> => {
    const path = contract === 'token' ? '/v1/auth/token/fresh' : '/api/v1/auth/login';
    const { username, password } = account;
    return send('POST', service.url + path, { body: { username, password } });
  };

  it.each(['token', 'camel'] as const)('are shed with 503 and Retry-After: %s', async (contract) => {
    const flood = Array.from({ length: FLOOD }, () => logIn(contract));
    // Who only validates is not kept waiting behind the hashes, nor refused.
    expect(await isLive(service, account.token)).toBe(true);
    const answers = await Promise.all(flood);
    const shed = answers.filter(({ status }) => status !== 200);
    expect(shed.length).toBeGreaterThan(0);
    expect(answers.length - shed.length).toBeGreaterThan(QUEUE);
    for (const answer of shed) {
      expectRefusal(answer, contract, 503);
      expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/);
    }
    expect(await logIn(contract)).toMatchObject({ status: 200 });
  });

  it('count as nobody’s wrong password', async () => {
    expect(await service.database.query('SELECT * FROM login_failures')).toEqual([]);
  });
});
