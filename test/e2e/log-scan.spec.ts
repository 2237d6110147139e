import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { scan } from '../support/log-scan.cjs';
import { secretsSoFar } from '../support/collected.js';
import { camel, freshName, newPerson, PASSWORD } from '../support/race-client.js';
import { type Service, startService } from '../support/start-service.js';

const SIGNATURE = 'q3J0bGVkIGJ5IG5vYm9keSwgYW5kIGxvbmcgZW5vdWdo';
const SECRETS = [
  SIGNATURE,
  'hunter2-hunter2',
  'a "quoted" one',
  'naïve pass&word',
  'password',
  '123456',
  'short',
  '        ',
];

describe('the scan of log lines', () => {
  it.each([
    ['the value ', `{"event":"x","about":"${SIGNATURE}"}`],
    ['the value ', `plain text with hunter2-hunter2 in it`],
    ['the value ', `xhunter2-hunter2x`],
    ['the value ', JSON.stringify({ password: 'a "quoted" one' })],
    ['the value ', `/reset?p=${encodeURIComponent('naïve pass&word')}`],
    ['the value ', '{"x":"password"}'],
    ['a code', '{"code":"123456"}'],
    ['a code', '{"about":"the code 123456, say"}'],
    ['a token', `Bearer eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0x.${'s'.repeat(86)}`],
    ['a password hash', '{"error":"$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA"}'],
    ['a password hash', '$2b$10$N9qo8uLOickgx2ZMRZoMye'],
    ['a URL with a password', 'cannot reach postgres://gatehouse:pw@db:5432/gatehouse'],
  ])('finds %s in %s', (what, line) => {
    expect(scan([line], SECRETS).leaks).toEqual([{ what: expect.stringContaining(what), line }]);
  });

  it.each([
    '{"route":"/camel/api/v1/auth/password-reset","status":200}',
    '{"ms":123456,"time":"2026-01-01T00:00:00.123Z"}',
    '{"requestId":"00000000-0000-4000-8000-123456123456"}',
    '{"about":"something short"}',
    '{"password":"for everybody to see"}',
    'a table        with blanks',
    `{"requestId":"${SIGNATURE}","about":"what the client itself sent for the log"}`,
    '{"at":"postgres://db:5432/gatehouse"}',
    'must be a URL such as postgres://user:password@host:5432/database',
    `{"about":"${SIGNATURE.slice(1)}"}`,
  ])('lets pass %s', (line) => {
    expect(scan([line], SECRETS).leaks).toEqual([]);
  });

  it('counts what it compares', () => {
    expect(scan(['a', '', 'b'], [...SECRETS, SIGNATURE])).toEqual({ lines: 2, secrets: 6, leaks: [] });
  });
});

describe('what a test exchanges', () => {
  let service: Service;
  beforeAll(async () => (service = await startService()));
  afterAll(() => service.stop());

  it('is collected: the password, the tokens, and what a mail holds', async () => {
    const username = freshName();
    const person = await newPerson(service, username);
    await camel.login(service.url, username, 'another password of theirs');
    expect(secretsSoFar()).toEqual(
      expect.arrayContaining([PASSWORD, 'another password of theirs', person.access, person.refresh]),
    );
  });
});

describe('the reporter', () => {
  const run = process.env['GATEHOUSE_TEST_RUN'];
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'gatehouse-scan-'));
    process.env['GATEHOUSE_TEST_RUN'] = dir;
  });
  afterEach(() => {
    process.env['GATEHOUSE_TEST_RUN'] = run;
    rmSync(dir, { recursive: true });
  });

  /** The error that it fails the run with. */
  const verdict = async (log: string, wholeSuite = false): Promise<Error | undefined> => {
    const { default: Reporter } = await import('../support/log-scan-reporter.cjs');
    writeFileSync(path.join(dir, 'log-1-1.txt'), log);
    writeFileSync(path.join(dir, 'secrets-1.txt'), `${JSON.stringify('hunter2-hunter2')}\n`);
    const reporter = new Reporter({ projects: wholeSuite ? ['a', 'b'] : ['a'] }, { print: () => undefined });
    reporter.onRunComplete();
    return reporter.getLastError();
  };

  it('fails a run whose log holds a secret', async () => {
    expect((await verdict('{"about":"hunter2-hunter2"}\n'))?.message).toBe('1 log lines hold a secret');
  });

  it('lets a clean one pass', async () => {
    expect(await verdict('{"event":"request"}\n')).toBeUndefined();
  });

  it('fails a whole suite that logged nothing', async () => {
    expect((await verdict('', true))?.message).toMatch(/nothing was proved/);
  });
});
