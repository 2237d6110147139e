import { CONTRACTS, ROOTS } from '@gatehouse/contracts';
import { failingContract, INNER_DETAIL, THROWN } from '../support/failing-contract.js';
import { type Answer, send } from '../support/http.js';
import { CONTRACT_IDS } from '../support/open-account.js';
import { expectRefusal } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';

const SPEAKERS = CONTRACT_IDS;
const FAILING = SPEAKERS.map((id) => failingContract(`failing-${id}`, id));

describe('an error that nobody foresaw', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({
      contracts: [...CONTRACTS, ...FAILING],
      undocumented: true,
      roots: [...ROOTS, ...FAILING.map(({ root }) => root)],
    });
  });
  afterAll(() => service.stop());

  const ask = (path: string, headers = {}): Promise<Answer> => send('GET', service.url + path, { headers });
  const logged = (requestId: unknown) =>
    service.log
      .map((line) => ({ line, entry: JSON.parse(line) as Record<string, unknown> }))
      .filter(({ entry }) => entry['requestId'] === requestId);

  const CASES = SPEAKERS.flatMap((speaker) =>
    ['sync', 'async'].flatMap((how) => Object.keys(THROWN).map((what) => ({ speaker, how, what }))),
  );

  it.each(CASES)(
    '$speaker: $what thrown ($how) is a bare 500, and all of it is in the log',
    async ({ speaker, how, what }) => {
      const answer = await ask(`/failing-${speaker}/faults/${how}/${what}`);
      expectRefusal(answer, speaker, 500);
      expect(answer.text).not.toContain(INNER_DETAIL);
      const requestId = answer.headers['x-request-id'];
      expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
      const lines = logged(requestId);
      const fault = lines.find(({ entry }) => entry['level'] === 'error');
      expect(fault).toBeDefined();
      if (!['nothing', 'null'].includes(what)) expect(fault?.line).toContain(INNER_DETAIL);
      if (THROWN[what]?.() instanceof Error)
        expect(JSON.stringify(fault?.entry['cause'])).toMatch(/"stack":".*\bat /);
      expect(lines.some(({ entry }) => entry['event'] === 'request' && entry['status'] === 500)).toBe(true);
    },
  );

  it.each(SPEAKERS)('%s: an answer that cannot be spelt is one of them', async (speaker) => {
    const answer = await ask(`/failing-${speaker}/faults/answer`);
    expectRefusal(answer, speaker, 500);
    expect(logged(answer.headers['x-request-id']).some(({ entry }) => entry['level'] === 'error')).toBe(true);
  });

  it('leaves the service as it was', async () => {
    expect(await ask('/health/ready')).toMatchObject({ status: 200 });
  });

  it.each(['a', 'A-b_c.9', 'x'.repeat(64)])(
    'carries the request id that the caller gave: %s',
    async (given) => {
      const answer = await ask('/failing-token/faults/sync/error', { 'x-request-id': given });
      expect(answer.headers['x-request-id']).toBe(given);
      expect(logged(given).some(({ entry }) => entry['level'] === 'error')).toBe(true);
    },
  );

  it.each(['', 'a b', 'x'.repeat(65), 'a"b', '{"a":1}', '../x', 'é'])(
    'makes one of its own where that is none: %j',
    async (given) => {
      const { headers } = await ask('/failing-token/faults/sync/error', { 'x-request-id': given });
      expect(headers['x-request-id']).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
    },
  );
});
