import { CONTRACTS, ROOTS } from '@gatehouse/contracts';
import { bearer, send } from '../support/http.js';
import { sixth, sixthRoot } from '../support/sixth-contract/sixth.contract.js';
import { type Service, startService } from '../support/start-service.js';

describe('a sixth contract is one folder and one line', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({
      contracts: [...CONTRACTS, sixth],
      roots: [...ROOTS, sixthRoot],
      undocumented: true,
    });
  });
  afterAll(() => service.stop());

  const knock = (body: unknown, prefix = '') =>
    send('POST', `${service.url}${prefix}/six/door/knock`, { body });
  const admin = { who: 'admin', secret: 'gatehouse-admin' };

  it.each(['', '/sixth'])('answers at the root and below its prefix (%p)', async (prefix) => {
    const { status, json } = await knock(admin, prefix);
    expect(status).toBe(200);
    expect(Object.keys(json)).toEqual(['key', 'spare']);
    expect(json.spare).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('opens sessions that the other contracts verify, list and end', async () => {
    const { key } = (await knock(admin)).json;
    const verified = await send('PUT', `${service.url}/v1/auth/token/verify`, { headers: bearer(key) });
    expect(verified.json).toMatchObject({ valid: true, username: 'admin', role: 'ADMIN' });
    const list = `${service.url}/v1/sessions/users/${verified.json.user_id}`;
    expect((await send('GET', list, { headers: bearer(key) })).json.data[0]).toMatchObject({
      contract: 'sixth',
      current: true,
    });
    await send('POST', `${service.url}/api/v1/auth/logout`, { headers: bearer(key) });
    expect((await send('GET', `${service.url}/six/door/name`, { headers: bearer(key) })).json).toEqual({
      no: 'no: access_token_revoked',
    });
  });

  it.each([
    [
      'a wrong password',
      'POST',
      '/six/door/knock',
      { ...admin, secret: 'wrong-password' },
      'credentials_invalid',
    ],
    ['a missing field', 'POST', '/six/door/knock', { who: 'admin' }, 'validation_failed'],
    ['malformed JSON', 'POST', '/six/door/knock', '{', 'request_malformed'],
    ['an unknown route', 'GET', '/six/door/nothing', undefined, 'route_not_found'],
    ['a wrong method', 'DELETE', '/six/door/knock', undefined, 'method_not_allowed'],
    ['no token', 'GET', '/six/door/name', undefined, 'access_token_missing'],
    ['an error that nobody foresaw', 'GET', '/six/door/broken', undefined, 'internal'],
  ])('has %s formatted as it wants', async (_what, method, path, body, code) => {
    const headers = typeof body === 'string' ? { 'content-type': 'application/json' } : {};
    const answer = await send(method, `${service.url}${path}`, { body, headers });
    expect(answer.status).toBe(418);
    expect(answer.headers['content-type']).toMatch(/^application\/vnd\.sixth\+json/);
    expect(answer.json).toEqual({ no: `no: ${code}` });
  });

  it('has its OpenAPI document beside the others', async () => {
    const { json } = await send('GET', `${service.url}/swagger/sixth.json`);
    expect(Object.keys(json.paths)).toEqual(['/six/door/knock', '/six/door/name', '/six/door/broken']);
  });

  it('leaves the other contracts as they were', async () => {
    expect((await send('GET', `${service.url}/api/v1/auth/health`)).status).toBe(200);
    expect((await send('PUT', `${service.url}/v1/auth/token/verify`)).status).toBe(401);
  });
});
