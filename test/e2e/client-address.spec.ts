import { BEHIND_PROXY, logInFrom } from '../support/from-network.js';
import { send } from '../support/http.js';
import { freshName, newPerson, PASSWORD, type Person } from '../support/race-client.js';
import { type Service, startService } from '../support/start-service.js';

describe("the client's address", () => {
  let behind: Service;
  let open: Service;
  let person: Person;

  beforeAll(async () => {
    behind = await startService({ env: BEHIND_PROXY });
    open = await startService({ database: behind.database, clock: behind.clock });
    person = await newPerson(behind);
  });
  afterAll(async () => {
    await open.stop();
    await behind.stop();
  });

  /** The address that a login's session keeps. */
  async function storedAddress(service: Service, headers: readonly string[]): Promise<string> {
    const { status } = await send('POST', `${service.url}/camel/api/v1/auth/login`, {
      headers: ['content-type', 'application/json', ...headers],
      body: { username: person.username, password: PASSWORD },
    });
    expect(status).toBe(200);
    const [row] = await behind.database.query<{ ip: string }>(
      'SELECT ip FROM sessions WHERE user_id = $1 ORDER BY created_at DESC, id LIMIT 1',
      [person.id],
    );
    return (row as { ip: string }).ip;
  }

  it.each<[string, string[], string]>([
    ['one entry', ['X-Forwarded-For', '203.0.113.7'], '203.0.113.7'],
    ['a made-up one before it', ['X-Forwarded-For', '198.51.100.1, 203.0.113.7'], '203.0.113.7'],
    ['IPv4 in IPv6', ['X-Forwarded-For', '::ffff:cb00:7107'], '203.0.113.7'],
    ['a header twice', ['X-Forwarded-For', '198.51.100.1', 'x-forwarded-for', '203.0.113.7'], '203.0.113.7'],
    ['no address', ['X-Forwarded-For', '203.0.113.7, unknown'], '127.0.0.1'],
    ['an empty one', ['X-Forwarded-For', ''], '127.0.0.1'],
    ['10 KB', ['X-Forwarded-For', `203.0.113.7${', 127.0.0.1'.repeat(900)}`], '203.0.113.7'],
    ['another header', ['Forwarded', 'for=203.0.113.7', 'X-Real-IP', '203.0.113.7'], '127.0.0.1'],
  ])('behind a trusted proxy: %s', async (_, headers, address) => {
    expect(await storedAddress(behind, headers)).toBe(address);
    // Nobody is trusted where nothing is set.
    expect(await storedAddress(open, headers)).toBe('127.0.0.1');
  });

  it('is what the log tells', async () => {
    await logInFrom(behind, '203.0.113.99', freshName(), 'wrong password');
    expect(behind.log.at(-1)).toContain('"ip":"203.0.113.99"');
  });

  it('no forwarded host chooses a contract, and no forwarded protocol or host makes a link', async () => {
    const forwarded = { 'x-forwarded-host': 'localhost:8080', 'x-forwarded-proto': 'https' };
    const ask = (headers: object) =>
      send('POST', `${behind.url}/api/auth/login`, { headers: { ...headers }, body: {} });
    const [plain, claimed] = [await ask({}), await ask(forwarded)];
    expect({ status: claimed.status, body: claimed.text }).toEqual({
      status: plain.status,
      body: plain.text,
    });
    await send('POST', `${behind.url}/camel/api/v1/auth/password-reset`, {
      headers: { 'x-forwarded-host': 'evil.example.com', 'x-forwarded-proto': 'gopher' },
      body: { email: person.email },
    });
    const mails = await send('GET', `${behind.url}/dev/mailbox?to=${person.email}`, {
      headers: { accept: 'application/json' },
    });
    expect(mails.json[0].subject).toMatch(/Reset/);
    expect(mails.text).not.toMatch(/evil\.example\.com|gopher/);
  });
});
