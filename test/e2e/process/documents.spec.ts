import { createPublicKey, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { CONTRACTS } from '@gatehouse/contracts';
import { send } from '../../support/http.js';
import { camel, freshName } from '../../support/race-client.js';
import { endLeftovers, type RunningService, startProcess } from '../../support/start-process.js';
import { testDatabase, type TestDatabase } from '../../support/test-database.js';

const PATHS = {
  token: [
    '/v1/auth/token/register',
    '/v1/auth/token/fresh',
    '/v1/auth/token/verify',
    '/v1/auth/token/revoke',
    '/v1/auth/token/refresh',
    '/v1/sessions/users/{userId}',
    '/v1/sessions/{sessionId}',
  ],
  camel: [
    '/api/v1/auth/register',
    '/api/v1/auth/login',
    '/api/v1/auth/refresh',
    '/api/v1/auth/validate',
    '/api/v1/auth/logout',
    '/api/v1/auth/password-reset',
    '/api/v1/auth/password-reset/confirm',
    '/api/v1/auth/change-password',
    '/api/v1/auth/profile',
    '/api/v1/auth/verify-email/{token}',
    '/api/v1/auth/health',
  ],
} as const;

describe('what the built service publishes', () => {
  let database: TestDatabase;
  let service: RunningService;
  let closed: RunningService;

  beforeAll(async () => {
    database = await testDatabase();
    const settings = { GATEHOUSE_MODE: 'development', DATABASE_URL: database.url };
    [service, closed] = await Promise.all([
      startProcess(settings),
      startProcess({ ...settings, DOCS_PUBLIC: 'false' }),
    ]);
  });
  afterAll(async () => {
    await endLeftovers();
    await database.drop();
  });

  it('signs tokens that its JWK set verifies, with nothing but a crypto library', async () => {
    const username = freshName();
    const { access } = camel.tokensOf(
      await camel.register(service.url, { username, email: `${username}@x.example` }),
    );
    const [header, payload, signature] = access.split('.') as [string, string, string];
    const { alg, kid, typ } = JSON.parse(Buffer.from(header, 'base64url').toString());
    const { keys } = (await send('GET', `${service.url}/.well-known/jwks.json`)).json;
    const jwk = keys.find((key: { kid: string }) => key.kid === kid);
    expect({ alg, typ }).toEqual({ alg: 'ES256', typ: 'at+jwt' });
    expect(Object.keys(jwk).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    const key = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' } as const;
    const holds = (text: string): boolean =>
      verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'base64url'));
    expect(holds(`${header}.${payload}`)).toBe(true);
    expect(holds(`${header}.${payload}x`)).toBe(false);
  });

  it.each(['token', 'camel'] as const)(
    'describes %s as OpenAPI 3.0, with the paths of its document',
    async (id) => {
      const { status, json } = await send('GET', `${service.url}/swagger/${id}.json`);
      expect(status).toBe(200);
      expect(json.openapi).toMatch(/^3\.0\.\d$/);
      expect(json.servers).toEqual([expect.objectContaining({ url: `/${id}` })]);
      expect(Object.keys(json.paths).sort()).toEqual([...PATHS[id]].sort());
      const yaml = await send('GET', `${service.url}/swagger/${id}.yaml`);
      expect(yaml.status).toBe(200);
      expect(yaml.text).toMatch(/^openapi: 3\.0\.\d$/m);
      for (const path of PATHS[id]) expect(yaml.text).toContain(`${path}:`);
    },
  );

  it.each([...CONTRACTS.map(({ id }) => id), 'service'])('serves %s as it is committed', async (name) => {
    const { json } = await send('GET', `${service.url}/swagger/${name}.json`);
    expect(json).toEqual(
      JSON.parse(await readFile(path.resolve(__dirname, `../../../docs/openapi/${name}.json`), 'utf8')),
    );
  });

  it('serves a Swagger UI that offers all documents and loads nothing from elsewhere', async () => {
    const page = await send('GET', `${service.url}/swagger`);
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    const files = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file as string);
    expect(files.length).toBeGreaterThan(2);
    let script = '';
    for (const file of files) {
      const answer = await send('GET', new URL(file, `${service.url}/swagger`).href);
      expect({ file, status: answer.status }).toEqual({ file, status: 200 });
      expect(new URL(file, service.url).origin).toBe(service.url);
      if (file.endsWith('swagger-ui-init.js')) script = answer.text;
    }
    for (const id of [...CONTRACTS.map((contract) => contract.id), 'service'])
      expect(script).toContain(`/swagger/${id}.json`);
  });

  it.each([
    '/swagger',
    '/swagger/',
    '/swagger/swagger-ui-init.js',
    '/swagger/token.json',
    '/swagger/camel.yaml',
    '/swagger/service.json',
    '/swagger/service.yaml',
    '/swagger-json',
    '/swagger-yaml',
  ])('DOCS_PUBLIC=false hides %s', async (path) => {
    expect((await send('GET', closed.url + path)).status).toBe(404);
    expect(closed.process.output.stdout).not.toContain('/swagger');
  });
});
