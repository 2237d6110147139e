import * as camel from './clients/camel/index.js';
import { createClient as camelClient } from './clients/camel/client/index.js';
import * as channel from './clients/channel/index.js';
import { createClient as channelClient } from './clients/channel/client/index.js';
import * as jsend from './clients/jsend/index.js';
import { createClient as jsendClient } from './clients/jsend/client/index.js';
import * as snake from './clients/snake/index.js';
import { createClient as snakeClient } from './clients/snake/client/index.js';
import * as token from './clients/token/index.js';
import { createClient as tokenClient } from './clients/token/client/index.js';
import type { Journeys } from './journey.js';

const throwOnError = true;

export const journeys: Journeys = {
  token: async (url, { username, password }) => {
    let access = '';
    const client = tokenClient({ baseUrl: `${url}/token`, auth: () => access });
    const login = await token.fresh({ client, throwOnError, body: { username, password } });
    access = login.data.access_token;
    const first = await token.verify({ client, throwOnError });
    const refreshed = await token.refresh({
      client,
      throwOnError,
      body: { type: 'refresh', token: login.data.refresh_token },
    });
    access = refreshed.data.access_token;
    const sessions = await token.listSessions({
      client,
      throwOnError,
      path: { userId: first.data.user_id },
      query: { per_page: 100 },
    });
    const current = sessions.data.data.filter((session) => session.current).length;
    const logout = await token.revoke({ client, throwOnError });
    const after = await token.verify({ client });
    return {
      login: login.response.status,
      call: first.response.status,
      refresh: refreshed.response.status,
      sessions: sessions.response.status,
      current,
      logout: logout.response.status,
      after: after.response.status,
    };
  },

  camel: async (url, { username, password }) => {
    let access = '';
    const client = camelClient({ baseUrl: `${url}/camel`, auth: () => access });
    const login = await camel.login({ client, throwOnError, body: { username, password } });
    access = login.data.accessToken;
    const { refreshToken } = login.data;
    const refreshed = await camel.refresh({ client, throwOnError, body: { refreshToken } });
    access = refreshed.data.accessToken;
    const profile = await camel.profile({ client, throwOnError });
    const logout = await camel.logout({ client, throwOnError });
    const after = await camel.profile({ client });
    if (profile.data.username !== username || after.error === undefined)
      throw new Error('the bodies are not those of the types');
    return {
      login: login.response.status,
      refresh: refreshed.response.status,
      call: profile.response.status,
      logout: logout.response.status,
      after: after.response.status,
    };
  },

  channel: async (url, { email, password }) => {
    let access = '';
    const keys: Record<string, string> = { 'Api-Token': 'dev-api-token', channel: 'web' };
    const client = channelClient({
      baseUrl: `${url}/channel`,
      auth: ({ scheme, name = '' }) => (scheme === 'bearer' ? access : keys[name]),
    });
    const login = await channel.login({ client, throwOnError, body: { email, password } });
    access = login.data.data.token;
    const refreshed = await channel.refreshToken({ client, throwOnError });
    access = refreshed.data.data.token;
    const call = await channel.resendVerification({ client, throwOnError, body: { email } });
    const logout = await channel.logout({ client, throwOnError });
    const after = await channel.resendVerification({ client, body: { email } });
    return {
      login: login.response.status,
      refresh: refreshed.response.status,
      call: call.response.status,
      logout: logout.response.status,
      after: after.response.status,
    };
  },

  jsend: async (url, { email, password }) => {
    let access = '';
    const client = jsendClient({ baseUrl: `${url}/jsend`, auth: () => access });
    const login = await jsend.login({ client, throwOnError, body: { email, password } });
    access = login.data.data.jwtToken;
    const headers = { 'Refresh-Token': login.data.data.refreshToken };
    const refreshed = await jsend.refreshToken({ client, throwOnError, headers });
    access = refreshed.data.token;
    const user = await jsend.getUser({ client, throwOnError });
    const logout = await jsend.logout({ client, throwOnError });
    const after = await jsend.getUser({ client });
    if (user.data.data.user.email !== email) throw new Error('the bodies are not those of the types');
    return {
      login: login.response.status,
      refresh: refreshed.response.status,
      call: user.response.status,
      logout: logout.response.status,
      after: after.response.status,
    };
  },

  snake: async (url, { email, password }) => {
    let access = '';
    const client = snakeClient({ baseUrl: `${url}/snake`, auth: () => access });
    const login = await snake.login({ client, throwOnError, body: { email, password } });
    access = login.data.data.access_token;
    const { refresh_token } = login.data.data;
    const refreshed = await snake.refresh({ client, throwOnError, body: { refresh_token } });
    access = refreshed.data.data.access_token;
    const user = await snake.getUser({ client, throwOnError });
    const logout = await snake.logout({ client, throwOnError });
    const after = await snake.getUser({ client });
    if (user.data.data.user.email !== email) throw new Error('the bodies are not those of the types');
    return {
      login: login.response.status,
      refresh: refreshed.response.status,
      call: user.response.status,
      logout: logout.response.status,
      after: after.response.status,
    };
  },
};

/** Never called: what the types have to refuse. */
export const mistakes = [
  // @ts-expect-error the password is missing
  () => camel.login({ body: { username: 'mary' } }),
  // @ts-expect-error the header is missing
  () => jsend.refreshToken({}),
  // @ts-expect-error an answer has no such key
  async () => (await camel.profile({ throwOnError })).data.user_name,
];
