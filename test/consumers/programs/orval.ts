import * as camel from './clients/camel.js';
import * as channel from './clients/channel.js';
import * as jsend from './clients/jsend.js';
import * as snake from './clients/snake.js';
import * as token from './clients/token.js';
import type { Journeys } from './journey.js';

const bearer = (access: string) => ({ headers: { authorization: `Bearer ${access}` } });

/** An answer as the one that has this status. Throws where it has another. */
function expected<A extends { status: number }, S extends A['status']>(
  answer: A,
  status: S,
): Extract<A, { status: S }> {
  if (answer.status !== status) throw new Error(JSON.stringify(answer));
  return answer as Extract<A, { status: S }>;
}

export const journeys: Journeys = {
  token: async (_url, { username, password }) => {
    const login = expected(await token.fresh({ username, password }), 200);
    const old = bearer(login.data.access_token);
    const first = expected(await token.verify(old), 200);
    const body = { type: 'refresh', token: login.data.refresh_token } as const;
    const refreshed = expected(await token.refresh(body, old), 200);
    const headers = bearer(refreshed.data.access_token);
    const sessions = expected(await token.listSessions(first.data.user_id, { per_page: 100 }, headers), 200);
    const current = sessions.data.data.filter((session) => session.current).length;
    const logout = await token.revoke(headers);
    const after = await token.verify(headers);
    return {
      login: login.status,
      call: first.status,
      refresh: refreshed.status,
      sessions: sessions.status,
      current,
      logout: logout.status,
      after: after.status,
    };
  },

  camel: async (_url, { username, password }) => {
    const login = expected(await camel.login({ username, password }), 200);
    const { refreshToken } = login.data;
    const refreshed = expected(await camel.refresh({ refreshToken }), 200);
    const headers = bearer(refreshed.data.accessToken);
    const profile = expected(await camel.profile(headers), 200);
    const logout = await camel.logout(headers);
    const after = await camel.profile(headers);
    if (profile.data.username !== username) throw new Error('the bodies are not those of the types');
    return {
      login: login.status,
      refresh: refreshed.status,
      call: profile.status,
      logout: logout.status,
      after: after.status,
    };
  },

  channel: async (_url, { email, password }) => {
    const keys = { 'Api-Token': 'dev-api-token', channel: 'web' };
    const withKeys = (access: string) => ({ headers: { ...keys, ...bearer(access).headers } });
    const login = expected(await channel.login({ email, password }, { headers: keys }), 200);
    const refreshed = expected(await channel.refreshToken(withKeys(login.data.data.token)), 200);
    const headers = withKeys(refreshed.data.data.token);
    const call = await channel.resendVerification({ email }, headers);
    const logout = await channel.logout(headers);
    const after = await channel.resendVerification({ email }, headers);
    return {
      login: login.status,
      refresh: refreshed.status,
      call: call.status,
      logout: logout.status,
      after: after.status,
    };
  },

  jsend: async (_url, { email, password }) => {
    const login = expected(await jsend.login({ email, password }), 200);
    const { jwtToken, refreshToken } = login.data.data;
    const refreshed = expected(
      await jsend.refreshToken({ 'Refresh-Token': refreshToken }, bearer(jwtToken)),
      200,
    );
    const headers = bearer(refreshed.data.token);
    const user = expected(await jsend.getUser(headers), 200);
    const logout = await jsend.logout(headers);
    const after = await jsend.getUser(headers);
    if (user.data.data.user.email !== email) throw new Error('the bodies are not those of the types');
    return {
      login: login.status,
      refresh: refreshed.status,
      call: user.status,
      logout: logout.status,
      after: after.status,
    };
  },

  snake: async (_url, { email, password }) => {
    const login = expected(await snake.login({ email, password }), 200);
    const { refresh_token } = login.data.data;
    const refreshed = expected(await snake.refresh({ refresh_token }), 200);
    const headers = bearer(refreshed.data.data.access_token);
    const user = expected(await snake.getUser(headers), 200);
    const logout = await snake.logout(headers);
    const after = await snake.getUser(headers);
    if (user.data.data.user.email !== email) throw new Error('the bodies are not those of the types');
    return {
      login: login.status,
      refresh: refreshed.status,
      call: user.status,
      logout: logout.status,
      after: after.status,
    };
  },
};

/** Never called: what the types have to refuse. */
export const mistakes = [
  // @ts-expect-error the password is missing
  () => camel.login({ username: 'mary' }),
  // @ts-expect-error the header is missing
  () => jsend.refreshToken({}),
  // @ts-expect-error an answer has no such key
  async () => expected(await camel.profile(), 200).data.user_name,
];
