import {
  askChannel,
  type ChannelUser,
  channelUser,
  isAccepted,
  logInStatus,
  mailedLink,
} from '../support/channel-user.js';
import { type Answer, send } from '../support/http.js';
import { expectPage } from '../support/html-page.js';
import { type Service, startService } from '../support/start-service.js';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const NEW = 'a new password';

let service: Service;
let user: ChannelUser;
let token: string;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());
beforeEach(async () => {
  user = await channelUser(service);
  await askChannel(service, 'forgot-password', { email: user.email });
  token = new URL(await mailedLink(service, user.email)).searchParams.get('token') as string;
});

const post = (
  body: unknown,
  headers: Record<string, string> = FORM,
  path = '/reset-password',
): Promise<Answer> => send('POST', service.url + path, { headers, body });
const fields = (values: Record<string, string>): string => new URLSearchParams(values).toString();
const asked = (...passwords: [string, string?]): string =>
  fields({ token, password: passwords[0], confirmation: passwords[1] ?? passwords[0] });

/** The link is unspent, the password and the sessions are as they were. */
async function expectNothingHappened(): Promise<void> {
  expect(await logInStatus(service, user.email, user.password)).toBe(200);
  expect(await isAccepted(service, user.token)).toBe(true);
  const form = await send('GET', `${service.url}/reset-password?token=${token}`);
  expectPage(form, 200, 'Choose a new password');
}

describe('looking at a reset link', () => {
  it('spends nothing, however often and by whichever method', async () => {
    for (const method of ['HEAD', 'GET', 'HEAD', 'GET']) {
      for (const path of ['/reset-password', '/pages/reset-password']) {
        const answer = await send(method, `${service.url}${path}?token=${token}`);
        if (method === 'GET') expectPage(answer, 200, 'Choose a new password');
        else expect([answer.status, answer.text]).toEqual([200, '']);
      }
    }
    expectPage(await post(asked(NEW)), 200, 'Your password is set');
    expect(await logInStatus(service, user.email, NEW)).toBe(200);
  });

  it.each([
    ['no token', ''],
    ['an empty one', '?token='],
    ['two', '?token=TOKEN&token=TOKEN'],
    ['an array', '?token[]=TOKEN'],
    ['an object', '?token[a]=TOKEN'],
    ['one with a blank after it', '?token=TOKEN%20'],
    ['a part of one', '?token=TOKE'],
    ['U+0000', '?token=%00'],
    ['a lone surrogate', '?token=%ED%A0%80'],
    ['no UTF-8', '?token=%FF'],
    ['a broken escape', '?token=%'],
    ['HTML', '?token=%3Cscript%3Ealert(1)%3C/script%3E'],
    ['8000 characters', `?token=${'a'.repeat(8_000)}`],
  ])('says that it works no more: %s', async (_, query) => {
    const answer = await send(
      'GET',
      `${service.url}/reset-password${query.replaceAll('TOKEN', token).replace('TOKE', token.slice(0, -1))}`,
    );
    expectPage(answer, 400, 'This link does not work any more');
    expect(answer.text).not.toMatch(/<script|<form/);
    await expectNothingHappened();
  });
});

describe('the form', () => {
  it.each([
    ['too short', ['short12'], 'The password must have at least 8 characters.'],
    ['too long', ['x'.repeat(129)], 'The password must have at most 128 characters.'],
    ['U+0000', ['with \0 in it'], 'The password must be whole Unicode text without U+0000.'],
    ['two', ['some good words', 'some good words '], 'The two were not the same: enter both again.'],
  ] as [string, [string, string?], string][])(
    'says what is wrong with passwords: %s',
    async (_, passwords, reason) => {
      const answer = await post(asked(...passwords));
      expectPage(answer, 400, 'Choose a new password');
      expect(answer.text).toContain(`id="fault">${reason}</p>`);
      expect(answer.text).not.toContain(passwords[0]);
      await expectNothingHappened();
    },
  );

  it('keeps every character of a password', async () => {
    const odd = '  <b>&amp;"\' +%41 %2B ünï 🔑=&  ';
    expectPage(await post(asked(odd)), 200, 'Your password is set');
    expect(await logInStatus(service, user.email, odd)).toBe(200);
    expect(await logInStatus(service, user.email, odd.trim())).toBe(401);
  });

  it.each([
    ['nothing', ''],
    ['no token', fields({ password: NEW, confirmation: NEW })],
    ['a token alone of others', fields({ token: 'a'.repeat(43), password: NEW, confirmation: NEW })],
    ['an array', `token[]=x&password=${NEW}&confirmation=${NEW}`],
    ['U+0000 as the token', fields({ token: '\0', password: NEW, confirmation: NEW })],
    ['HTML as the token', fields({ token: '"><script>alert(1)</script>', password: 'x', confirmation: 'y' })],
    ['names of built-in properties', '__proto__=1&constructor=2&toString=3&hasOwnProperty=4'],
    ['separators alone', '&&=&=&'],
  ])('without a good token it is refused: %s', async (_, body) => {
    const answer = await post(body);
    expectPage(answer, 400, 'This link does not work any more');
    expect(answer.text).not.toContain('<script');
    await expectNothingHappened();
  });

  it.each([
    ['a lone surrogate', 'password=%ED%A0%80%ED%A0%80aaaaaaaa&confirmation=%ED%A0%80%ED%A0%80aaaaaaaa'],
    ['no UTF-8', 'password=%FF%FEaaaaaaaa&confirmation=%FF%FEaaaaaaaa'],
    ['a broken escape', 'password=100%aaaaaaaa&confirmation=100%aaaaaaaa'],
    [
      'bytes that are no UTF-8',
      Buffer.from('password=\xff\xfeaaaaaaaa&confirmation=\xff\xfeaaaaaaaa', 'latin1'),
    ],
  ])('is refused where it cannot be read: %s', async (_, body) => {
    const ours = Buffer.from(`token=${token}&`);
    expectPage(await post(Buffer.concat([ours, Buffer.from(body as string)])), 400, 'That did not work');
    await expectNothingHappened();
  });

  it.each([
    ['text', { 'content-type': 'text/plain' }],
    ['a form with files', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['XML', { 'content-type': 'application/xml' }],
    ['no media type', {}],
    ['a made-up one', { 'content-type': 'form' }],
  ])('is refused as %s', async (_, headers) => {
    expectPage(await post(asked(NEW), headers), 415, 'That did not work');
    await expectNothingHappened();
  });

  it('is refused where it is larger than 64 KiB', async () => {
    expectPage(await post(asked('x'.repeat(70_000))), 413, 'That did not work');
    await expectNothingHappened();
  });

  it('may name its charset, in any case', async () => {
    const headers = { 'content-type': 'Application/X-WWW-Form-Urlencoded; charset=UTF-8' };
    expectPage(await post(asked(NEW), headers), 200, 'Your password is set');
  });

  it('of a field that is sent twice the last one counts', async () => {
    expectPage(await post(`password=nope&${asked(NEW)}`), 200, 'Your password is set');
  });
});

/** A page is for people; whoever sends JSON has five contracts. It is read all the same, and means the same. */
describe('JSON sent to the form', () => {
  const JSON_TYPE = { 'content-type': 'application/json' };

  it('means the same', async () => {
    const answer = await post({ token, password: NEW, confirmation: NEW }, JSON_TYPE);
    expectPage(answer, 200, 'Your password is set');
    expect(await logInStatus(service, user.email, NEW)).toBe(200);
  });

  it.each([
    'null',
    '[]',
    '"text"',
    '1',
    'true',
    '{}',
    '{"token":["x"]}',
    '{"token":{"a":1}}',
    '{"token":null}',
  ])('is a stale link where it holds no token: %s', async (body) => {
    expectPage(await post(body, JSON_TYPE), 400, 'This link does not work any more');
  });

  it.each([
    ['a list', ['aaaaaaaa']],
    ['a number', 12345678],
    ['nothing', null],
    ['lone surrogates', '\ud800aaaaaaaa'],
  ])('is refused with %s as the password', async (_, password) => {
    const answer = await post(JSON.stringify({ token, password, confirmation: password }), JSON_TYPE);
    expectPage(answer, 400, 'Choose a new password');
    await expectNothingHappened();
  });

  it.each(['{', '{"__proto__":{"a":1}}', `${'['.repeat(5_000)}${']'.repeat(5_000)}`])(
    'is refused where it cannot be read',
    async (body) => expectPage(await post(body, JSON_TYPE), 400, 'That did not work'),
  );
});
