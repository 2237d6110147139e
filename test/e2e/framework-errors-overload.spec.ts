import { type Answer, send } from '../support/http.js';
import { addressOf, headersOf, type Holder, LOGINS, openHolder } from '../support/documented-bodies.js';
import { CONTRACT_IDS, type ContractId, isLive } from '../support/open-account.js';
import { expectRefusal } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';

/** One hash at once, each of the production cost: 64 may wait for it, as long as an answer may take. */
const SLOW = { HASH_CONCURRENCY: '1', ARGON2_COST: 'm=19456,t=2,p=1' };
const QUEUE = 64;
const FLOOD = 2 * QUEUE + 20;

describe('more logins than can be hashed', () => {
  let service: Service;
  let account: Holder;
  beforeAll(async () => {
    service = await startService({ env: SLOW });
    account = await openHolder(service);
  });
  afterAll(() => service.stop());

  const logIn = (contract: ContractId): Promise<Answer> => {
    const login = LOGINS[contract];
    const sent = { headers: headersOf(login, account), body: login.body(account) };
    return send('POST', addressOf(service, login), sent);
  };

  it('are shed with 503 and Retry-After, by every contract', async () => {
    const asked = Array.from(
      { length: FLOOD },
      (_, i) => CONTRACT_IDS[i % CONTRACT_IDS.length] as ContractId,
    );
    const flood = asked.map(logIn);
    // Who only validates is not kept waiting behind the hashes, nor refused.
    expect(await isLive(service, account.token)).toBe(true);
    const answers = await Promise.all(flood);
    const shed = new Set<ContractId>();
    for (const [i, answer] of answers.entries()) {
      if (answer.status === 200) continue;
      shed.add(asked[i] as ContractId);
      expectRefusal(answer, asked[i] as ContractId, 503);
      expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/);
    }
    expect([...shed].sort()).toEqual([...CONTRACT_IDS].sort());
    // How many of those that wait are served in time is the machine's to say; that some are is ours.
    expect(answers.some(({ status }) => status === 200)).toBe(true);
    for (const contract of CONTRACT_IDS) expect(await logIn(contract)).toMatchObject({ status: 200 });
  });

  it('count as nobody’s wrong password', async () => {
    expect(await service.database.query('SELECT * FROM login_failures')).toEqual([]);
  });
});
