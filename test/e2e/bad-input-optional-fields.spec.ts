import {
  addressOf,
  ENDPOINTS_WITH_BODY,
  type EndpointWithBody,
  headersOf,
  type Holder,
  openHolder,
} from '../support/documented-bodies.js';
import { type Answer, send } from '../support/http.js';
import { expectRefusal } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';
import { storedState } from '../support/stored-state.js';

let service: Service;
let holder: Holder;
beforeAll(async () => {
  service = await startService();
  holder = await openHolder(service);
});
afterAll(() => service.stop());

const submit = (endpoint: EndpointWithBody, body: unknown, who = holder): Promise<Answer> =>
  send(endpoint.method, addressOf(service, endpoint), { headers: headersOf(endpoint, who), body });

const CASES = ENDPOINTS_WITH_BODY.flatMap((endpoint) =>
  (endpoint.optional ?? []).map((field) => ({
    title: `${endpoint.contract} ${endpoint.method} ${endpoint.path}: ${field.name}`,
    endpoint,
    field,
  })),
);

describe('an optional field', () => {
  it.each(CASES)('$title may be right, absent or null', async ({ endpoint, field: { name, good } }) => {
    for (const value of [good, undefined, null]) {
      const own = await openHolder(service);
      const answer = await submit(endpoint, { ...endpoint.body(own), [name]: value }, own);
      expect({ value, status: answer.status }).toEqual({ value, status: endpoint.success });
    }
  });

  it.each(CASES)('$title may not be wrong', async ({ endpoint, field: { name, good, tooLong } }) => {
    const before = await storedState(service.database);
    const wrong = [12345678, true, false, 0, [good], [], { $ne: good }, {}, '', ' ', tooLong];
    const odd = ['\0', '\ud800', '\udc00'].map((character) => good.slice(0, 10) + character + good.slice(10));
    for (const value of [...wrong, ...odd]) {
      const answer = await submit(endpoint, { ...endpoint.body(holder), [name]: value });
      expectRefusal(answer, endpoint.contract, 400, [name]);
    }
    expect(await storedState(service.database)).toEqual(before);
  });
});

describe('the image of a user', () => {
  const update = (avatar_url: unknown): Promise<Answer> =>
    submit(ENDPOINTS_WITH_BODY.find(({ method }) => method === 'PATCH') as EndpointWithBody, { avatar_url });

  /** What a title shows of it, and the link. */
  const titled = (link: string): [shown: string, link: string] => [JSON.stringify(link.slice(0, 60)), link];

  const REFUSED = [
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'data:image/png;base64,AAAA',
    'vbscript:x',
    'blob:https://example.com/x',
    'file:///etc/passwd',
    'ftp://example.com/a.jpg',
    'mailto:a@example.com',
    'a.jpg',
    '/a.jpg',
    '//example.com/a.jpg',
    '../a.jpg',
    '?a',
    '#a',
    'example.com/a.jpg',
    'https',
    'https:',
    'https://',
    'http://[::1',
    'https://exa mple.com/',
    'https:example.com/a.jpg',
    'https:/example.com/a.jpg',
    'https:\\\\example.com/a.jpg',
    ' https://example.com/a.jpg',
    'https://example.com/a.jpg ',
    'https://example.com/a b.jpg',
    'https://example.com/a.jpg\r\nSet-Cookie: a=b',
    'ht\ntps://example.com/a.jpg',
    'https://example.com/\u0001.jpg',
    'https://example.com:99999/',
    `https://example.com/${'a'.repeat(60_000)}`,
  ];
  it.each(REFUSED.map(titled))('may not be %s', async (_, link) => {
    const before = await storedState(service.database);
    expectRefusal(await update(link), 'snake', 400, ['avatar_url']);
    expect(await storedState(service.database)).toEqual(before);
  });

  const ACCEPTED = [
    'http://example.com/a.jpg',
    'https://example.com:8443/a%20b.jpg?size=1&x=javascript:1#f',
    'https://xn--bcher-kva.example/a.jpg',
    'HTTPS://EXAMPLE.COM/A.JPG',
    `https://example.com/${'a'.repeat(2028)}`,
  ];
  it.each(ACCEPTED.map(titled))('may be %s, and is shown as it was given', async (_, link) => {
    expect(await update(link)).toMatchObject({ status: 200, json: { data: { user: { avatar_url: link } } } });
  });
});
