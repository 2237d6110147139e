import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { STOP_MS } from '../../apps/service/src/lifecycle.js';
import { loadConfig, SETTINGS } from '@gatehouse/config';
import { ROOTS } from '@gatehouse/contracts';
import { composeFaults, dockerfileFaults, parseCompose } from '../support/docker-rules.js';
import { send } from '../support/http.js';
import { type Service, startService } from '../support/start-service.js';

const root = path.resolve(__dirname, '../..');
const read = (name: string): string => readFileSync(path.join(root, 'docker', name), 'utf8');
const dockerfile = read('Dockerfile');
const compose = read('compose.yaml');

/** `text` with one thing changed; throws where there was nothing to change. */
function spoil(text: string, from: string | RegExp, to: string): string {
  const spoilt = text.replace(from, to);
  if (spoilt === text) throw new Error(`nothing to spoil: ${String(from)}`);
  return spoilt;
}

describe('the Dockerfile', () => {
  it('keeps our rules and the linter has nothing to say', () => {
    expect(dockerfileFaults(dockerfile)).toEqual([]);
  });

  it.each([
    ['an unknown instruction', /^WORKDIR/m, 'WORKDIRR', /^linter: /],
    ['latest', /^ARG NODE_IMAGE=.*/m, 'ARG NODE_IMAGE=node:latest', 'the base image has no version'],
    [
      'a major version alone',
      /^ARG NODE_IMAGE=.*/m,
      'ARG NODE_IMAGE=node:20-slim',
      'the base image has no version',
    ],
    ['another base', 'FROM ${NODE_IMAGE} AS production', 'FROM debian AS production', /^a stage has/],
    ['root', 'USER 10001:10001', 'USER 0:0', /^USER/],
    ['a user by name', 'USER 10001:10001', 'USER node', /^USER/],
    ['no health check', /^HEALTHCHECK.*$/m, '', 'no HEALTHCHECK'],
    ['a shell as process 1', /^ENTRYPOINT.*$/m, 'ENTRYPOINT node main.js', /^ENTRYPOINT/],
    ['npm as process 1', 'ENTRYPOINT ["node",', 'ENTRYPOINT ["npm",', /^ENTRYPOINT/],
    ['a signal that ends it at once', 'STOPSIGNAL SIGTERM', 'STOPSIGNAL SIGKILL', /^STOPSIGNAL/],
    [
      'development mode',
      'NODE_ENV=production',
      'NODE_ENV=production GATEHOUSE_MODE=development',
      /_MODE is set/,
    ],
    ['no NODE_ENV', 'ENV NODE_ENV=production', '', /^NODE_ENV/],
    ['development dependencies', ' --omit=dev', '', /^no stage installs/],
    ['an installation in the image', /^USER/m, 'RUN npm ci\nUSER', /^the last stage runs/],
    ['a secret', 'ARG VERSION', 'ARG SECRET_KEYS\nARG VERSION', 'a secret is set'],
  ])('is faulted for %s', (_, from, to, fault) => {
    expect(dockerfileFaults(spoil(dockerfile, from, to))).toContainEqual(
      typeof fault === 'string' ? fault : expect.stringMatching(fault),
    );
  });

  it('copies what exists and what the ignore file lets into the build', () => {
    const sources = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, all]) =>
      (all as string).split(' '),
    );
    const letIn = read('Dockerfile.dockerignore').split('\n');
    expect(sources).toEqual(expect.arrayContaining(['apps', 'libs', 'package-lock.json']));
    expect(sources.filter((source) => !letIn.includes(`!${source}`))).toEqual([]);
    expect(letIn.filter((line) => line.startsWith('!') && !sources.includes(line.slice(1)))).toEqual([]);
    expect(sources.filter((source) => !existsSync(path.join(root, source)))).toEqual([]);
    expect(letIn.find((line) => line !== '' && !line.startsWith('#'))).toBe('*');
  });

  it('exposes the ports that the service listens on', () => {
    expect(/^EXPOSE (.*)$/m.exec(dockerfile)?.[1]?.split(' ')).toEqual(
      String(SETTINGS.PORTS.production).split(','),
    );
  });
});

describe('compose.yaml', () => {
  it('keeps our rules', () => {
    expect(Object.keys(parseCompose(compose).services)).toEqual([
      'gatehouse',
      'mailpit',
      'postgres',
      'redis',
    ]);
    expect(composeFaults(compose)).toEqual([]);
  });

  it.each([
    ['latest', /redis:7\S+/, 'redis:latest', 'redis: the image has no version'],
    ['no tag', /mailpit:v\S+/, 'mailpit', 'mailpit: the image has no version'],
    ['root', /user: '65534:65534'/, '', 'mailpit: runs as root'],
    ['a disabled health check', /test: .*readyz.*/, "test: ['NONE']", 'mailpit: no healthcheck'],
    [
      'a writable root',
      'read_only: true',
      'read_only: false',
      'postgres: its root file system can be written',
    ],
    ['kept capabilities', '- ALL', '- NET_RAW', 'redis: keeps capabilities'],
    ['gained privileges', '- no-new-privileges:true', "- ''", 'gatehouse: may gain privileges'],
    [
      'a privileged service',
      "user: '65534:65534'",
      "user: '65534:65534'\n    privileged: true",
      /is privileged$/,
    ],
    ['a port for everybody', '127.0.0.1:8025:8025', '8025:8025', 'mailpit: published beyond this machine'],
    ['a password', 'POSTGRES_PASSWORD_FILE:', 'POSTGRES_PASSWORD:', 'postgres: holds a secret'],
    ['a URL with a password', 'smtp://mailpit', 'smtp://me:secret@mailpit', 'gatehouse: holds a secret'],
  ])('is faulted for %s', (_, from, to, fault) => {
    expect(composeFaults(spoil(compose, from, to))).toContainEqual(
      typeof fault === 'string' ? fault : expect.stringMatching(fault),
    );
  });

  describe('started in production mode', () => {
    let secrets: string;
    beforeAll(() => {
      secrets = mkdtempSync(path.join(tmpdir(), 'gatehouse-secrets-'));
      for (const [name, role] of [
        ['database-url', 'service'],
        ['migration-database-url', 'migrator'],
      ] as const)
        writeFileSync(path.join(secrets, name), `postgres://gatehouse_${role}:x@postgres:5432/gatehouse\n`);
      writeFileSync(path.join(secrets, 'secret-keys'), `${'k'.repeat(44)}\n`);
    });
    afterAll(() => rmSync(secrets, { recursive: true }));

    /** The service's environment as compose makes it where the operator has set nothing. */
    const environment = (): Record<string, string> =>
      Object.fromEntries(
        Object.entries(parseCompose(compose).services['gatehouse']?.environment ?? {}).map(
          ([name, value]) => [
            name,
            value.replace(/\$\{\w+:-([^}]*)\}/g, '$1').replace('/run/secrets', secrets),
          ],
        ),
      );

    it('gives the service every setting that production demands', () => {
      const config = loadConfig(
        environment(),
        ROOTS.map(({ id }) => id),
      );
      expect(config.mode).toBe('production');
      expect(config.database).toMatchObject({
        url: 'postgres://gatehouse_service:x@postgres:5432/gatehouse',
        migrationUrl: 'postgres://gatehouse_migrator:x@postgres:5432/gatehouse',
      });
      expect(config.publicUrl).toBe('http://localhost:8060');
    });

    it('is killed no earlier than it may take to stop', () => {
      const { shutdownDelay } = loadConfig(
        environment(),
        ROOTS.map(({ id }) => id),
      );
      const [, seconds] =
        /^(\d+)s$/.exec(parseCompose(compose).services['gatehouse']?.stop_grace_period ?? '') ?? [];
      expect(Number(seconds) * 1_000).toBeGreaterThan(shutdownDelay + STOP_MS);
    });

    it('names no setting that the service does not know', () => {
      const known = Object.entries(SETTINGS).flatMap(([name, { secret }]) =>
        secret ? [name, `${name}_FILE`] : [name],
      );
      expect(Object.keys(environment()).filter((name) => !known.includes(name))).toEqual([]);
    });
  });
});

describe('healthcheck.mjs', () => {
  const run = promisify(execFile);
  let service: Service;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  /** The exit code for a service that PORTS and HOST of the container describe. */
  const check = (where: string, env: Record<string, string> = {}): Promise<number> =>
    run(process.execPath, [path.join(root, 'docker/healthcheck.mjs'), where], {
      env: { PORTS: `${new URL(service.url).port},1`, HOST: '::', ...env },
    }).then(
      () => 0,
      (error: { code: number }) => error.code,
    );

  it.each(['/health/live', '/health/ready'])('succeeds on %s', async (where) => {
    expect((await send('GET', service.url + where)).status).toBe(200);
    expect(await check(where)).toBe(0);
  });

  it('fails on an answer other than 200', async () => {
    expect(await check('/no/such/place')).toBe(1);
  });

  it('fails where nothing listens', async () => {
    expect(await check('/health/live', { PORTS: '1' })).toBe(1);
  });
});
