import createClient from 'openapi-fetch';
import type * as camel from './clients/camel.js';
import type * as channel from './clients/channel.js';
import type * as jsend from './clients/jsend.js';
import type * as snake from './clients/snake.js';
import type * as token from './clients/token.js';
import type { Journeys } from './journey.js';

const bearer = (access: string) => ({ authorization: `Bearer ${access}` });

/** The body of an answer. Throws where the answer was a refusal. */
function accepted<D>({ data, error }: { data?: D; error?: unknown }): D {
  if (data === undefined) throw new Error(JSON.stringify(error));
  return data;
}

export const journeys: Journeys = {
  token: async (url, { username, password }) => {
    const client = createClient<token.paths>({ baseUrl: `${url}/token` });
    const login = await client.POST('/v1/auth/token/fresh', { body: { username, password } });
    const old = accepted(login);
    const first = await client.PUT('/v1/auth/token/verify', { headers: bearer(old.access_token) });
    const refreshed = await client.POST('/v1/auth/token/refresh', {
      headers: bearer(old.access_token),
      body: { type: 'refresh', token: old.refresh_token },
    });
    const headers = bearer(accepted(refreshed).access_token);
    const sessions = await client.GET('/v1/sessions/users/{userId}', {
      headers,
      params: { path: { userId: accepted(first).user_id }, query: { per_page: 100 } },
    });
    const logout = await client.PUT('/v1/auth/token/revoke', { headers });
    const after = await client.PUT('/v1/auth/token/verify', { headers });
    return {
      login: login.response.status,
      call: first.response.status,
      refresh: refreshed.response.status,
      sessions: sessions.response.status,
      current: accepted(sessions).data.filter((session) => session.current).length,
      logout: logout.response.status,
      after: after.response.status,
    };
  },

  camel: async (url, { username, password }) => {
    const client = createClient<camel.paths>({ baseUrl: `${url}/camel` });
    const login = await client.POST('/api/v1/auth/login', { body: { username, password } });
    const { refreshToken } = accepted(login);
    const refreshed = await client.POST('/api/v1/auth/refresh', { body: { refreshToken } });
    const headers = bearer(accepted(refreshed).accessToken);
    const profile = await client.GET('/api/v1/auth/profile', { headers });
    const logout = await client.POST('/api/v1/auth/logout', { headers });
    const after = await client.GET('/api/v1/auth/profile', { headers });
    if (accepted(profile).username !== username) throw new Error('the bodies are not those of the types');
    return {
      login: login.response.status,
      refresh: refreshed.response.status,
      call: profile.response.status,
      logout: logout.response.status,
      after: after.response.status,
    };
  },

  channel: async (url, { email, password }) => {
    const client = createClient<channel.paths>({
      baseUrl: `${url}/channel`,
      headers: { 'Api-Token': 'dev-api-token', channel: 'web' },
    });
    const login = await client.POST('/api/auth/login', { body: { email, password } });
    const refreshed = await client.POST('/api/auth/refresh-token', {
      headers: bearer(accepted(login).data.token),
    });
    const headers = bearer(accepted(refreshed).data.token);
    const call = await client.POST('/api/auth/resend-verification', { headers, body: { email } });
    const logout = await client.POST('/api/auth/logout', { headers });
    const after = await client.POST('/api/auth/resend-verification', { headers, body: { email } });
    return {
      login: login.response.status,
      refresh: refreshed.response.status,
      call: call.response.status,
      logout: logout.response.status,
      after: after.response.status,
    };
  },

  jsend: async (url, { email, password }) => {
    const client = createClient<jsend.paths>({ baseUrl: `${url}/jsend` });
    const login = await client.POST('/api/auth/login', { body: { email, password } });
    const { jwtToken, refreshToken } = accepted(login).data;
    const refreshed = await client.POST('/api/auth/refresh_token', {
      headers: bearer(jwtToken),
      params: { header: { 'Refresh-Token': refreshToken } },
    });
    const headers = bearer(accepted(refreshed).token);
    const user = await client.GET('/api/auth/get_user', { headers });
    const logout = await client.POST('/api/auth/logout', { headers });
    const after = await client.GET('/api/auth/get_user', { headers });
    if (accepted(user).data.user.email !== email) throw new Error('the bodies are not those of the types');
    return {
      login: login.response.status,
      refresh: refreshed.response.status,
      call: user.response.status,
      logout: logout.response.status,
      after: after.response.status,
    };
  },

  snake: async (url, { email, password }) => {
    const client = createClient<snake.paths>({ baseUrl: `${url}/snake` });
    const login = await client.POST('/api/auth/login', { body: { email, password } });
    const { refresh_token } = accepted(login).data;
    const refreshed = await client.POST('/api/auth/refresh', { body: { refresh_token } });
    const headers = bearer(accepted(refreshed).data.access_token);
    const user = await client.GET('/api/users/me', { headers });
    const logout = await client.POST('/api/auth/logout', { headers });
    const after = await client.GET('/api/users/me', { headers });
    if (accepted(user).data.user.email !== email) throw new Error('the bodies are not those of the types');
    return {
      login: login.response.status,
      refresh: refreshed.response.status,
      call: user.response.status,
      logout: logout.response.status,
      after: after.response.status,
    };
  },
};

const nowhere = createClient<camel.paths>();

/** Never called: what the types have to refuse. */
export const mistakes = [
  // @ts-expect-error the password is missing
  () => nowhere.POST('/api/v1/auth/login', { body: { username: 'mary' } }),
  // @ts-expect-error there is no such path
  () => nowhere.GET('/api/v1/auth/nowhere'),
  // @ts-expect-error an answer has no such key
  async () => accepted(await nowhere.GET('/api/v1/auth/profile')).user_name,
];
