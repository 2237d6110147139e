import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type ForeignPage, foreignPage } from './foreign-page.js';

const ROOT = path.resolve(__dirname, '../..');
const BUILT = path.join(ROOT, 'libs/client/dist');

/** What a script of the page offers, by contract: each call gives the answer's status. */
const SCRIPT = (service: string): string => `
  import { localStorageStore } from '@gatehouse/client';
  import * as camel from '@gatehouse/client/camel';
  import * as channel from '@gatehouse/client/channel';
  import * as jsend from '@gatehouse/client/jsend';
  import * as snake from '@gatehouse/client/snake';
  import * as token from '@gatehouse/client/token';

  const verify = '${service}/token/v1/auth/token/verify';
  const told = {};
  const options = (contract) => ({
    baseUrl: '${service}',
    store: localStorageStore(contract),
    onLoggedOut: (reason) => (told[contract] ??= []).push(reason),
    ...(contract === 'channel' && { apiToken: 'dev-api-token', channel: 'web' }),
  });
  const clients = Object.fromEntries(
    Object.entries({ token, camel, channel, jsend, snake })
      .map(([contract, { createClient }]) => [contract, createClient(options(contract))]),
  );
  const status = async (called) => (await called).response.status;
  const byEmail = (client, { email, password }) => client.POST('/api/auth/login', { body: { email, password } });
  const byName = (client, path, { username, password }) => client.POST(path, { body: { username, password } });
  const acts = {
    token: {
      logIn: (client, person) => byName(client, '/v1/auth/token/fresh', person),
      use: (client) => client.PUT('/v1/auth/token/verify'),
      logOut: (client) => client.PUT('/v1/auth/token/revoke'),
    },
    camel: {
      logIn: (client, person) => byName(client, '/api/v1/auth/login', person),
      use: (client) => client.GET('/api/v1/auth/profile'),
      logOut: (client) => client.POST('/api/v1/auth/logout'),
    },
    channel: {
      logIn: byEmail,
      use: async (client) => ({ response: await client.session.fetch(verify, { method: 'PUT' }) }),
      logOut: (client) => client.POST('/api/auth/logout'),
    },
    jsend: {
      logIn: byEmail,
      use: (client) => client.GET('/api/auth/get_user'),
      logOut: (client) => client.POST('/api/auth/logout'),
    },
    snake: {
      logIn: byEmail,
      use: (client) => client.GET('/api/users/me'),
      logOut: (client) => client.POST('/api/auth/logout'),
    },
  };
  globalThis.frontEnd = {
    act: (contract, name, person) => status(acts[contract][name](clients[contract], person)),
    told: (contract) => told[contract] ?? [],
  };
`;

/** A front end that has the built package as static files, and nothing between them and the browser. */
export function clientPage(service: string): Promise<ForeignPage> {
  const files = new Map<string, string>();
  for (const name of readdirSync(BUILT).filter((each) => each.endsWith('.js')))
    files.set(`/client/${name}`, readFileSync(path.join(BUILT, name), 'utf8'));
  files.set(
    '/openapi-fetch.mjs',
    readFileSync(require.resolve('openapi-fetch').replace(/\.cjs$/, '.mjs'), 'utf8'),
  );
  const imports: Record<string, string> = {
    'openapi-fetch': '/openapi-fetch.mjs',
    '@gatehouse/client': '/client/index.js',
  };
  for (const contract of ['token', 'camel', 'channel', 'jsend', 'snake'])
    imports[`@gatehouse/client/${contract}`] = `/client/${contract}.js`;
  const map = JSON.stringify({ imports });
  const html = `<!doctype html><title>Front end</title>
    <script type="importmap">${map}</script><script type="module">${SCRIPT(service)}</script>`;
  return foreignPage(html, files);
}
