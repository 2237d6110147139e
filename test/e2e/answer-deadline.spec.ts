import { CONTRACTS, ROOTS } from '@gatehouse/contracts';
import { eventually } from '../support/eventually.js';
import { INNER_DETAIL } from '../support/failing-contract.js';
import { hangingContract, OUTCOMES } from '../support/hanging-contract.js';
import { type Answer, send } from '../support/http.js';
import { CONTRACT_IDS, type ContractId } from '../support/open-account.js';
import { expectRefusal } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';

/** No answer is slower. */
const PROMISED_MS = 5_000;

interface Waited {
  readonly speaker: ContractId;
  readonly what: string;
  readonly answer: Answer;
  readonly ms: number;
}

type Entry = Record<string, unknown>;

/** What each late outcome leaves in the log. */
const TRACES: Readonly<Record<string, Entry>> = {
  answer: { level: 'warn', outcome: 'answered' },
  refusal: { level: 'warn', outcome: 'credentials_invalid' },
  fault: { level: 'error', outcome: 'internal', cause: expect.objectContaining({ message: INNER_DETAIL }) },
  nothing: { level: 'error', outcome: 'internal' },
};

describe('handlers that do not come to an end', () => {
  let service: Service;
  let release: () => void;
  let waited: Waited[];

  beforeAll(async () => {
    const released = new Promise<void>((resolve) => (release = resolve));
    const hanging = CONTRACT_IDS.map((id) => hangingContract(`hanging-${id}`, id, released));
    service = await startService({
      contracts: [...CONTRACTS, ...hanging],
      undocumented: true,
      roots: [...ROOTS, ...hanging.map(({ root }) => root)],
    });
    const asked = CONTRACT_IDS.flatMap((speaker) =>
      Object.keys(OUTCOMES).map(async (what) => {
        const begun = performance.now();
        const answer = await send('GET', `${service.url}/hanging-${speaker}/waits/${what}`);
        return { speaker, what, answer, ms: performance.now() - begun };
      }),
    );
    waited = await Promise.all(asked);
  });
  afterAll(() => service.stop());

  const logged = ({ headers }: Answer): Entry[] =>
    service.log
      .map((line) => JSON.parse(line) as Entry)
      .filter(({ requestId }) => requestId === headers['x-request-id']);

  it('are answered for within 5 s: 503 with Retry-After, in each contract’s format', () => {
    for (const { speaker, answer, ms } of waited) {
      expectRefusal(answer, speaker, 503);
      expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/);
      expect(ms).toBeLessThan(PROMISED_MS);
    }
  });

  it('are logged with why, and as one request', () => {
    for (const { speaker, answer } of waited) {
      const route = `/hanging-${speaker}/waits/:what`;
      const cause = expect.objectContaining({ message: 'no answer after 4500 ms' }) as unknown;
      expect(logged(answer)).toEqual([
        expect.objectContaining({ level: 'warn', event: 'unavailable', route, cause }),
        expect.objectContaining({ event: 'request', status: 503, route }),
      ]);
    }
  });

  it('come to something later, of which the log alone has a trace: one', async () => {
    release();
    for (const { speaker, what, answer } of waited) {
      const late = await eventually('a trace', () => logged(answer)[2]);
      const route = `/hanging-${speaker}/waits/:what`;
      expect(late).toMatchObject({ event: 'late_outcome', route, ...TRACES[what] });
      expect(late['ms']).toBeGreaterThanOrEqual(4_500);
      expect(logged(answer)).toHaveLength(3);
    }
    // those who come now are answered by the handler itself
    for (const id of CONTRACT_IDS)
      expect(await send('GET', `${service.url}/hanging-${id}/waits/answer`)).toMatchObject({ status: 200 });
  });
});
