import {
  addressOf,
  ENDPOINTS_THAT_DEMAND_A_BODY,
  ENDPOINTS_WITH_BODY,
  headersOf,
  type Holder,
  LOGINS,
  openHolder,
} from '../support/documented-bodies.js';
import { send } from '../support/http.js';
import { expectRefusal } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';
import { storedState } from '../support/stored-state.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const nested = (depth: number, open: string, close: string, inside = ''): string =>
  open.repeat(depth) + inside + close.repeat(depth);

/** What no body may be, made from the text of one that is accepted. */
const MALFORMED: Record<string, (good: string) => string | Uint8Array> = {
  'cut short': (good) => good.slice(0, -1),
  'two documents': (good) => good + good,
  'a trailing comma': (good) => good.replace(/}$/, ',}'),
  'single quotes': (good) => good.replaceAll('"', "'"),
  'a comment': (good) => `/* */${good}`,
  'a number': () => '1',
  'a string': () => '"text"',
  'a boolean': () => 'true',
  'an array': (good) => `[${good}]`,
  'an empty array': () => '[]',
  blanks: () => '   ',
  NaN: (good) => good.replace(/}$/, ',"x":NaN}'),
  'a raw control character': (good) => good.replace(/}$/, ',"x":"\u0001"}'),
  'an unfinished escape': (good) => good.replace(/}$/, ',"x":"\\u12"}'),
  'invalid UTF-8': (good) =>
    Buffer.concat([Buffer.from(good.slice(0, -1)), Buffer.from(',"x":"\xff"}', 'latin1')]),
  'a surrogate in UTF-8': (good) =>
    Buffer.concat([
      Buffer.from(`${good.slice(0, -1)},"x":"`),
      Buffer.from([0xed, 0xa0, 0x80]),
      Buffer.from('"}'),
    ]),
  'UTF-16': (good) => Buffer.from(good, 'utf16le'),
  'brackets that never close': () => '['.repeat(60_000),
  'braces that never close': () => '{"a":'.repeat(12_000),
  __proto__: (good) => good.replace(/}$/, ',"__proto__":{"admin":true}}'),
  'an escaped __proto__': (good) => good.replace(/}$/, ',"\\u005f_proto__":{"admin":true}}'),
  'a __proto__ further down': (good) => good.replace(/}$/, ',"x":[{"__proto__":null}]}'),
  'constructor.prototype': (good) => good.replace(/}$/, ',"constructor":{"prototype":{"admin":true}}}'),
  'deep arrays in an unknown field': (good) => good.replace(/}$/, `,"x":${nested(20_000, '[', ']')}}`),
  'deep objects in an unknown field': (good) =>
    good.replace(/}$/, `,"x":${nested(8_000, '{"a":', '}', '1')}}`),
  'deep arrays in every field': (good) =>
    JSON.stringify(JSON.parse(good), (key, value: unknown) => (key === '' ? value : '@@')).replaceAll(
      '"@@"',
      nested(5_000, '[', ']'),
    ),
};

/** What the parser refuses, it refuses before it is known which endpoint is asked: one of each contract is enough. */
const BEYOND_THE_PARSER = new Set(['cut short', 'a number', 'an array', 'deep arrays in every field']);

const CASES = ENDPOINTS_WITH_BODY.flatMap((endpoint) =>
  Object.entries(MALFORMED)
    .filter(([what]) => endpoint === LOGINS[endpoint.contract] || BEYOND_THE_PARSER.has(what))
    .map(([what, spoil]) => ({ title: `${endpoint.contract} ${endpoint.path}: ${what}`, endpoint, spoil })),
);

describe('a body that is no JSON object', () => {
  let service: Service;
  let holder: Holder;
  let before: unknown;
  beforeAll(async () => {
    service = await startService();
    holder = await openHolder(service);
    before = await storedState(service.database);
  });
  afterAll(() => service.stop());

  it.each(CASES)('$title', async ({ endpoint, spoil }) => {
    const good = Object.assign({ unknown: 1 }, endpoint.body(holder));
    const answer = await send(endpoint.method, addressOf(service, endpoint), {
      headers: { ...JSON_TYPE, ...headersOf(endpoint, holder) },
      body: spoil(JSON.stringify(good)),
    });
    expectRefusal(answer, endpoint.contract, 400);
  });

  it.each(ENDPOINTS_THAT_DEMAND_A_BODY)(
    '$contract $path: null, {} and a huge number are fields that are missing or wrong',
    async (endpoint) => {
      const names = endpoint.fields.map(({ name }) => name);
      const wrong = `{${names.map((name) => `"${name}":1e999`).join()}}`;
      for (const body of ['null', '{}', ' {} ', wrong]) {
        const headers = { ...JSON_TYPE, ...headersOf(endpoint, holder) };
        expectRefusal(
          await send(endpoint.method, addressOf(service, endpoint), { headers, body }),
          endpoint.contract,
          400,
          names,
        );
      }
    },
  );

  it('leaves everything as it was', async () => {
    expect(await storedState(service.database)).toEqual(before);
  });
});
