import { randomUUID } from 'node:crypto';
import { type Answer, bearer, send } from '../../support/http.js';
import { camel, freshName, PASSWORD, token } from '../../support/race-client.js';
import { endLeftovers, type RunningService, startProcess } from '../../support/start-process.js';
import { testDatabase, type TestDatabase } from '../../support/test-database.js';

interface RequestLine {
  readonly requestId: string;
  readonly method: string;
  readonly route: string | null;
  readonly status: number;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
/** Which of the requests below has a URL that the router refuses before anything of ours sees it: it has no line. */
const MALFORMED_URL = 16;

describe('the log', () => {
  let database: TestDatabase;
  let service: RunningService;
  const answers: Answer[] = [];
  const secrets: Record<string, string> = {};
  const username = freshName();
  const email = `${username}@example.com`;

  const call = async (
    method: string,
    path: string,
    sent: Parameters<typeof send>[2] = {},
  ): Promise<Answer> => {
    const answer = await send(method, service.url + path, sent);
    answers.push(answer);
    return answer;
  };
  const keep = (name: string, { json }: Answer): { access: string; refresh: string } => {
    const found = json.accessToken
      ? { access: json.accessToken, refresh: json.refreshToken }
      : { access: json.access_token, refresh: json.refresh_token };
    secrets[`access token of ${name}`] = found.access;
    secrets[`refresh token of ${name}`] = found.refresh;
    return found;
  };
  const mailedToken = async (pattern: RegExp): Promise<string> => {
    const headers = { accept: 'application/json' };
    const mails = (await send('GET', `${service.url}/dev/mailbox?to=${email}`, { headers })).json as {
      text: string;
    }[];
    return mails.map(({ text }) => pattern.exec(text)?.[1]).find(Boolean) ?? 'none was mailed';
  };
  const lines = (): Record<string, unknown>[] =>
    service.process.output.stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  /** The line of one request; it is written just after the answer. */
  const lineOf = async (requestId: string): Promise<RequestLine> => {
    await service.process.printed(new RegExp(`"event":"request","requestId":"${requestId}".*\\n`));
    const found = lines().filter((line) => line['event'] === 'request' && line['requestId'] === requestId);
    expect(found).toHaveLength(1);
    return found[0] as unknown as RequestLine;
  };

  beforeAll(async () => {
    database = await testDatabase();
    service = await startProcess({
      GATEHOUSE_MODE: 'development',
      DATABASE_URL: database.url,
      LOG_LEVEL: 'debug',
    });
    const body = { username, email, password: PASSWORD };
    keep('the registration', await call('POST', '/api/v1/auth/register', { body }));
    const opened = keep('the login', await call('POST', '/api/v1/auth/login', { body }));
    const fresh = keep('fresh', await call('POST', '/v1/auth/token/fresh', { body }));
    secrets['wrong password'] = 'not-the-right-password';
    await call('POST', '/v1/auth/token/fresh', { body: { username, password: secrets['wrong password'] } });
    secrets['password typed as a name'] = 'password-in-the-wrong-field';
    await call('POST', '/api/v1/auth/login', {
      body: { username: secrets['password typed as a name'], password: PASSWORD },
    });
    keep(
      'camel refreshed',
      await call('POST', '/api/v1/auth/refresh', { body: { refreshToken: opened.refresh } }),
    );
    const refresh = { headers: bearer(fresh.access), body: { type: 'refresh', token: fresh.refresh } };
    keep('token refreshed', await call('POST', '/v1/auth/token/refresh', refresh));
    secrets['verification link'] = await mailedToken(/verify-email\/([\w-]+)/);
    await call('GET', `/api/v1/auth/verify-email/${secrets['verification link']}`);
    await call('POST', '/api/v1/auth/password-reset', { body: { email } });
    secrets['reset link'] = await mailedToken(/\?token=([\w-]+)/);
    secrets['new password'] = 'the next password of theirs';
    const reset = { token: secrets['reset link'], newPassword: secrets['new password'] };
    await call('POST', '/api/v1/auth/password-reset/confirm', { body: reset });
    await call('POST', '/api/v1/auth/password-reset/confirm', { body: reset });
    // what nobody meant to send
    const json = { headers: { 'content-type': 'application/json' } };
    secrets['password in malformed JSON'] = 'hidden-in-malformed-json';
    await call('POST', '/api/v1/auth/login', { ...json, body: '{"password":"hidden-in-malformed-json",' });
    secrets['password in text'] = 'hidden-in-plain-text';
    const text = { headers: { 'content-type': 'text/plain' }, body: 'hidden-in-plain-text' };
    await call('POST', '/api/v1/auth/login', text);
    for (const path of ['/nowhere/', '/api/v1/auth/verify-emails/', '/camel/', '/%zz'])
      await call('GET', `${path}${fresh.access}?token=${fresh.refresh}`);
    await call('GET', `/api/v1/auth/profile?access_token=${fresh.access}`, {
      headers: bearer(`${fresh.access}x`),
    });
    await call('GET', '/health/live', { headers: { cookie: 's=hidden-in-a-cookie' } });
    secrets['cookie'] = 'hidden-in-a-cookie';
    secrets['password'] = PASSWORD;
  });
  afterAll(async () => {
    await endLeftovers();
    await database.drop();
  });

  /** Everything that the process has said; the last request's line is awaited. */
  const everything = async (): Promise<string> => {
    await lineOf(String(answers.at(-1)?.headers['x-request-id']));
    return service.process.output.stdout + service.process.output.stderr;
  };

  it('saw what it was meant to see', () => {
    expect(answers.map(({ status }) => status)).toEqual([
      201, 200, 200, 401, 401, 200, 200, 200, 200, 200, 400, 400, 415, 404, 404, 404, 400, 401, 200,
    ]);
    for (const [name, secret] of Object.entries(secrets))
      expect(`${name} ${secret.length > 15}`).toBe(`${name} true`);
  });

  it('holds no password, no token and no link, whatever was sent and wherever', async () => {
    const said = await everything();
    const told = Object.entries(secrets).filter(
      ([, secret]) => said.includes(secret) || said.includes(encodeURIComponent(secret)),
    );
    expect(told.map(([name]) => name)).toEqual([]);
    expect(said).not.toMatch(/eyJ[\w-]{20}/);
    expect(said).not.toContain(new URL(database.url).password);
  });

  it('has one line for each request, under the id that the answer carries', async () => {
    const ids = answers.map(({ headers }) => headers['x-request-id'] as string);
    expect(ids.filter((id) => !UUID.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(answers.length);
    for (const [index, id] of ids.entries()) {
      if (index === MALFORMED_URL) continue;
      const line = await lineOf(id);
      expect(line).toMatchObject({ level: 'info', requestId: id, status: answers[index]?.status });
      expect(line.route ?? '').not.toMatch(/eyJ/);
    }
  });

  it('has the line of every request that was answered before it stopped', async () => {
    const own = await startProcess({ GATEHOUSE_MODE: 'development', DATABASE_URL: database.url });
    const sent = await Promise.all(Array.from({ length: 200 }, () => send('GET', `${own.url}/health/live`)));
    const { code, stdout } = await own.stop();
    expect(code).toBe(0);
    const missing = sent.filter(
      ({ headers }) => !stdout.includes(`"requestId":"${String(headers['x-request-id'])}"`),
    );
    expect(missing).toEqual([]);
  });

  it('keeps the request id of a proxy', async () => {
    const given = `edge-1.${randomUUID()}`;
    const answer = await send('GET', `${service.url}/health/live`, { headers: { 'x-request-id': given } });
    expect(answer.headers['x-request-id']).toBe(given);
    expect(await lineOf(given)).toMatchObject({ method: 'GET', route: '/health/live', status: 200 });
  });

  it.each([
    ['that is empty', ''],
    ['that is too long', 'a'.repeat(65)],
    ['with a blank', 'a b'],
    ['with markup', '<b>"id"</b>'],
    ['with JSON', '","level":"fatal'],
    ['with letters that are no ASCII', 'é'],
  ])('replaces a request id %s', async (_, given) => {
    const answer = await send('GET', `${service.url}/health/live`, { headers: { 'x-request-id': given } });
    const id = String(answer.headers['x-request-id']);
    expect(id).toMatch(UUID);
    expect(await lineOf(id)).toMatchObject({ level: 'info', status: 200 });
  });

  it('tells the cause of a fault of ours, and neither the person’s data nor the statement’s values', async () => {
    const person = freshName();
    const address = `${person}@example.com`;
    await database.query('ALTER TABLE users RENAME TO users_away');
    const failed = [
      await camel.login(service.url, address),
      await token.login(service.url, person),
      await camel.register(service.url, { username: person, email: address }),
    ];
    await database.query('ALTER TABLE users_away RENAME TO users');
    expect(failed.map(({ status }) => status)).toEqual([500, 500, 500]);
    for (const { headers } of failed) {
      const id = String(headers['x-request-id']);
      await lineOf(id);
      const causes = lines().filter((line) => line['event'] === 'internal' && line['requestId'] === id);
      expect(JSON.stringify(causes)).toContain('does not exist');
    }
    const said = service.process.output.stdout + service.process.output.stderr;
    for (const value of [person, PASSWORD, '$argon2id$'])
      expect([value, said.includes(value)]).toEqual([value, false]);
  });
});
