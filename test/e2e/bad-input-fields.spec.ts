import {
  addressOf,
  ENDPOINTS_THAT_DEMAND_A_BODY,
  type EndpointWithBody,
  headersOf,
  type Holder,
  openHolder,
} from '../support/documented-bodies.js';
import { send } from '../support/http.js';
import { expectRefusal } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';
import { storedState } from '../support/stored-state.js';

type Field = EndpointWithBody['fields'][number];

/** Puts a character into the middle of a value that is right without it. */
const spoilt = (good: string, character: string): string => `${good.slice(0, 3)}${character}${good.slice(3)}`;

const WRONG: Record<string, (good: string, field: Field) => unknown> = {
  missing: () => undefined,
  null: () => null,
  'a number': () => 12345678,
  'a boolean': () => true,
  'an array': (good) => [good],
  'an object': (good) => ({ $ne: good }),
  'too long': (_, { tooLong }) => tooLong,
  empty: () => '',
  'with U+0000': (good) => spoilt(good, '\0'),
  'with a lone high surrogate': (good) => spoilt(good, '\ud800'),
  'with a lone low surrogate': (good) => spoilt(good, '\udc00'),
};

const CASES = ENDPOINTS_THAT_DEMAND_A_BODY.flatMap((endpoint) =>
  endpoint.fields.flatMap((field) =>
    Object.entries(WRONG).map(([what, wrong]) => ({
      title: `${endpoint.contract} ${endpoint.method} ${endpoint.path}: ${field.name} ${what}`,
      endpoint,
      field,
      wrong,
    })),
  ),
);

describe('a required field that is wrong', () => {
  let service: Service;
  let holder: Holder;
  let before: unknown;
  beforeAll(async () => {
    service = await startService();
    holder = await openHolder(service);
    before = await storedState(service.database);
  });
  afterAll(() => service.stop());

  const submit = (endpoint: EndpointWithBody, body: unknown, who = holder) =>
    send(endpoint.method, addressOf(service, endpoint), { headers: headersOf(endpoint, who), body });

  it.each(CASES)('$title', async ({ endpoint, field, wrong }) => {
    const good = endpoint.body(holder);
    const body = { ...good, [field.name]: wrong(good[field.name] as string, field) };
    const answer = await submit(endpoint, body);
    expectRefusal(answer, endpoint.contract, 400, [field.name, ...(field.alongside ?? [])]);
  });

  it.each(ENDPOINTS_THAT_DEMAND_A_BODY)(
    '$contract $path names every missing field, in order',
    async (endpoint) => {
      const names = endpoint.fields.map(({ name }) => name);
      expectRefusal(await submit(endpoint, {}), endpoint.contract, 400, names);
      const reversed = Object.fromEntries(names.toReversed().map((name) => [name, '']));
      expectRefusal(await submit(endpoint, reversed), endpoint.contract, 400, names);
    },
  );

  it('leaves everything as it was', async () => {
    expect(await storedState(service.database)).toEqual(before);
  });

  it.each(ENDPOINTS_THAT_DEMAND_A_BODY)(
    '$contract $path accepts the same body with the field right',
    async (endpoint) => {
      const own = await openHolder(service);
      expect(await submit(endpoint, endpoint.body(own), own)).toMatchObject({ status: endpoint.success });
    },
  );
});

describe('camel /validate', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  const validate = (token: unknown) =>
    send('POST', `${service.url}/camel/api/v1/auth/validate`, { body: { token } });

  it.each([
    ['empty', ''],
    ['U+0000', '\0'],
    ['a lone surrogate', '\ud800'],
    ['blanks', '   '],
    ['words', 'not a token'],
    ['60 KB', 'x'.repeat(60_000)],
    ['60 KB of dots', '.'.repeat(60_000)],
    ['a token-like 60 KB', `${'e'.repeat(20_000)}.${'e'.repeat(20_000)}.${'e'.repeat(20_000)}`],
  ])('answers 200 and valid: false for a string: %s', async (_, token) => {
    const { status, json } = await validate(token);
    expect({ status, json }).toEqual({
      status: 200,
      json: {
        valid: false,
        userId: null,
        username: null,
        role: null,
        expirationTime: null,
        errorMessage: 'Invalid token',
      },
    });
  });

  it.each([
    ['missing', undefined],
    ['null', null],
    ['a number', 1],
    ['a boolean', true],
    ['an array', ['x']],
    ['an object', { token: 'x' }],
  ])('answers 400 where the token is %s', async (_, token) => {
    expectRefusal(await validate(token), 'camel', 400, ['token']);
  });
});
