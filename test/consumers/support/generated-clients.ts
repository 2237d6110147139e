import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CONTRACT_IDS, openAccount } from '../../support/open-account.js';
import { type Service, startService } from '../../support/start-service.js';
import { type ForeignFolder, foreignFolder } from './foreign-folder.js';

const run = promisify(execFile);

const COMPILER = './node_modules/typescript/bin/tsc';
const STRICTLY = [
  '--strict',
  '--module',
  'nodenext',
  '--target',
  'es2022',
  '--lib',
  'es2022,dom,dom.iterable',
];
/** Far more than it takes, on a machine that does other things too. */
const LIMIT_MS = 120_000;

const JOURNEY = { login: 200, refresh: 200, call: 200, logout: 200, after: 401 };

/**
 * Generates a client from each contract's document, compiles it strictly together with a program that uses it, and runs
 * that against a service: test/consumers/programs/<generator>.generate.mjs and <generator>.ts.
 */
export function describeClientsBy(generator: string): void {
  describe(`clients that ${generator} generates from the documents`, () => {
    let service: Service;
    let folder: ForeignFolder;
    let steps: Record<string, Record<string, unknown>>;

    const node = async (...args: string[]): Promise<string> => {
      const { stdout } = await run(process.execPath, args, { cwd: folder.home });
      return stdout;
    };

    beforeAll(async () => {
      service = await startService();
      const programs = ['journey.ts', 'run.mjs', `${generator}.generate.mjs`, `${generator}.ts`];
      folder = await foreignFolder(service.url, programs);
      await node(`${generator}.generate.mjs`, service.url);
    }, LIMIT_MS);
    afterAll(async () => {
      folder?.remove();
      await service?.stop();
    });

    it(
      'compile strictly, refuse mistakes and run',
      async () => {
        const complaints = await node(COMPILER, ...STRICTLY, `${generator}.ts`).catch(
          (error: { stdout: string }) => error.stdout,
        );
        expect(complaints).toBe('');
        const { username, email, password } = await openAccount(service);
        const person = JSON.stringify({ username, email, password });
        steps = JSON.parse(await node('run.mjs', `${generator}.js`, service.url, person));
        expect(Object.keys(steps).sort()).toEqual([...CONTRACT_IDS].sort());
      },
      LIMIT_MS,
    );

    it.each(CONTRACT_IDS.filter((id) => id !== 'token'))(
      '%s: log in, refresh, make a call that needs it, and log out',
      (contract) => expect(steps[contract]).toEqual(JOURNEY),
    );

    it('token: log in, refresh, list the sessions, and log out', () => {
      expect(steps['token']).toEqual({ ...JOURNEY, sessions: 200, current: 1 });
    });
  });
}
