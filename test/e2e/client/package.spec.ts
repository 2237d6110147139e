import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { refreshesAt } from '../../support/front-ends.js';
import { accepted, CONTRACT_IDS } from '../../support/open-account.js';
import { send } from '../../support/http.js';
import { type Service, startService } from '../../support/start-service.js';

const run = promisify(execFile);

const ROOT = path.resolve(__dirname, '../../..');
const COMPILER = path.join(ROOT, 'node_modules/typescript/bin/tsc');
const SETTINGS = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2022,dom'];
const PASSWORD = 'correct horse battery';
const INSTALL_MS = 120_000;

/** Has to be refused where the types say nothing. */
const MISTAKES = `
import { createClient } from '@gatehouse/client/camel';
import type { Tokens, TokenStore } from '@gatehouse/client';
export async function mistakes(tokens: Tokens, store: TokenStore) {
  const auth = createClient({ baseUrl: 'https://auth.example.com', store });
  await store.save(tokens);
  // @ts-expect-error there is no such path
  await auth.GET('/api/v1/auth/nowhere');
  // @ts-expect-error the password is missing
  await auth.POST('/api/v1/auth/login', { body: { username: 'mary' } });
  // @ts-expect-error Api-Token and channel are missing
  (await import('@gatehouse/client/channel')).createClient({ baseUrl: 'https://auth.example.com' });
}
`;

/** The blocks of docs/client.md, by the heading that they stand below. */
function examples(): Map<string, string> {
  const text = readFileSync(path.join(ROOT, 'docs/client.md'), 'utf8');
  return new Map(
    [...text.matchAll(/^### (\w+)\n+```ts\n([^]*?)^```$/gm)].map(
      ([, name, code]) => [name, code] as [string, string],
    ),
  );
}

describe('the client package, packed and installed', () => {
  let service: Service;
  let home: string;
  beforeAll(async () => {
    service = await startService();
    home = mkdtempSync(path.join(tmpdir(), 'gatehouse-client-'));
    const body = { username: 'mary', email: 'mary@example.com', password: PASSWORD };
    accepted(await send('POST', `${service.url}/camel/api/v1/auth/register`, { body }));
    writeFileSync(path.join(home, 'package.json'), '{"private":true,"type":"module"}');
    const packed = await run('npm', ['pack', '--json', '--pack-destination', home], {
      cwd: path.join(ROOT, 'libs/client'),
    });
    const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }];
    const quietly = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
    await run('npm', ['install', ...quietly, `./${filename}`], { cwd: home });
    for (const [contract, code] of examples())
      writeFileSync(path.join(home, `${contract}.ts`), code.replace('https://auth.example.com', service.url));
    writeFileSync(path.join(home, 'mistakes.ts'), MISTAKES);
  }, INSTALL_MS);
  afterAll(async () => {
    if (home) rmSync(home, { recursive: true, force: true });
    await service?.stop();
  });

  it('has an example of each contract, of 20 lines at most', () => {
    expect([...examples().keys()].sort()).toEqual([...CONTRACT_IDS].sort());
    for (const code of examples().values()) expect(code.trim().split('\n').length).toBeLessThanOrEqual(20);
  });

  it('compiles strictly, refuses mistakes, and runs each example against the service', async () => {
    const sources = [...CONTRACT_IDS, 'mistakes'].map((name) => `${name}.ts`);
    const compiled = await run(process.execPath, [COMPILER, ...SETTINGS, ...sources], { cwd: home }).catch(
      (error: { stdout: string }) => error,
    );
    expect(compiled.stdout).toBe('');
    for (const contract of CONTRACT_IDS) {
      const [refreshes, lines] = [refreshesAt(service, contract), service.log.length];
      const { stdout, stderr } = await run(process.execPath, [`${contract}.js`], { cwd: home });
      expect([stdout, stderr]).toEqual(['logged out: logged_out\n', '']);
      expect(refreshesAt(service, contract) - refreshes).toBe(1);
      const answered = service.log.slice(lines).filter((line) => line.includes('"event":"request"'));
      expect(answered.filter((line) => !line.includes('"status":200'))).toEqual([]);
    }
  }, 60_000);
});
