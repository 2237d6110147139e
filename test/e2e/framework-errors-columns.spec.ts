import { CuttableProxy } from '../support/cuttable-proxy.js';
import { addressOf, headersOf, type Holder, LOGINS, openHolder } from '../support/documented-bodies.js';
import { whileOverloaded } from '../support/full-hash-queue.js';
import { type Answer, send, type Sent } from '../support/http.js';
import { CONTRACT_IDS, type ContractId } from '../support/open-account.js';
import { expectRefusal } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { storedState } from '../support/stored-state.js';

/** A contract's login, and what is wrong with the request to it. */
interface Row {
  readonly what: string;
  readonly status: number;
  readonly method?: string;
  /** After the login's own path. */
  readonly below?: string;
  /** What is sent in the place of the login's own body, given as JSON. */
  readonly sent?: (login: string) => Sent & { headers: Record<string, string> };
  /** Every field of the login is named as refused. */
  readonly namesFields?: true;
  readonly answerHeaders?: Record<string, RegExp>;
  /** What is wrong around it. */
  readonly during?: (ask: () => Promise<Answer>) => Promise<Answer>;
}

const typed = (type: string, body: string) => ({ headers: { 'content-type': type }, body });
const LATER = { 'retry-after': /^[1-9]\d*$/ };

let service: Service;
let database: TestDatabase;
let proxy: CuttableProxy;
let holder: Holder;

const ROWS: readonly Row[] = [
  { what: 'malformed JSON', status: 400, sent: (login) => typed('application/json', login.slice(0, -1)) },
  { what: 'no body at all', status: 400, sent: () => ({ headers: {} }), namesFields: true },
  ...[
    'application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'application/octet-stream',
  ].map((type): Row => ({
    what: `an empty body of ${type}`,
    status: 400,
    sent: () => typed(type, ''),
    namesFields: true,
  })),
  { what: 'an unknown route', status: 404, below: '/nothing' },
  { what: 'a wrong method', status: 405, method: 'DELETE', answerHeaders: { allow: /^POST$/ } },
  {
    what: 'a wrong media type',
    status: 415,
    sent: (login) => typed('application/x-www-form-urlencoded', login),
  },
  { what: 'no media type', status: 415, sent: (body) => ({ headers: {}, body }) },
  {
    what: 'a body that is too large',
    status: 413,
    sent: (login) => typed('application/json', login.padEnd(64 * 1024 + 1)),
  },
  { what: 'overload', status: 503, answerHeaders: LATER, during: (ask) => whileOverloaded(service, ask) },
  {
    what: 'a database that is gone',
    status: 503,
    answerHeaders: LATER,
    during: (ask) => {
      proxy.cut();
      return ask().finally(() => proxy.mend());
    },
  },
];

/** What no controller raises, in the format of each of the five documents. */
describe('an error of the framework', () => {
  beforeAll(async () => {
    database = await testDatabase();
    proxy = await CuttableProxy.before(database.url);
    service = await startService({
      database: { ...database, url: proxy.url },
      env: { HASH_CONCURRENCY: '1' },
    });
    holder = await openHolder(service);
  });
  afterAll(async () => {
    await service.stop();
    await proxy.close();
    await database.drop();
  });

  const askFor = ({ method = 'POST', below = '', sent }: Row, contract: ContractId): Promise<Answer> => {
    const login = LOGINS[contract];
    const good = JSON.stringify(login.body(holder));
    const { headers, body } = sent?.(good) ?? typed('application/json', good);
    const url = `${addressOf(service, login)}${below}`;
    return send(method, url, { headers: { ...headersOf(login, holder), ...headers }, body });
  };

  const CELLS = ROWS.flatMap((row) => CONTRACT_IDS.map((contract) => ({ what: row.what, contract, row })));

  it.each(CELLS)('$what: in the words of $contract', async ({ row, contract }) => {
    const before = await storedState(database);
    const ask = (): Promise<Answer> => askFor(row, contract);
    const answer = await (row.during ? row.during(ask) : ask());
    const fields = row.namesFields && LOGINS[contract].fields.map(({ name }) => name);
    expectRefusal(answer, contract, row.status, fields);
    for (const [name, value] of Object.entries(row.answerHeaders ?? {}))
      expect(answer.headers[name]).toMatch(value);
    expect(await storedState(database)).toEqual(before);
  });

  it.each(CONTRACT_IDS)('none: the same request of %s without a fault is granted', async (contract) => {
    expect(await askFor({ what: 'nothing', status: 200 }, contract)).toMatchObject({ status: 200 });
  });
});
