import { freshName } from './open-account.js';
import { type Answer, bearer, send } from './http.js';
import type { Service } from './start-service.js';

/** What jsend hands out: a JWT and a UUID. */
export interface JsendPair {
  readonly jwtToken: string;
  readonly refreshToken: string;
}

export const jsendUrl = (service: Service, path: string): string => `${service.url}/jsend/api/auth/${path}`;

export async function jsendUser(service: Service): Promise<JsendPair & { email: string; password: string }> {
  const [email, password] = [`${freshName()}@example.com`, 'the first password'];
  const body = { fullName: 'Ada Lovelace', email, password };
  const answer = await send('POST', jsendUrl(service, 'register'), { body });
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  return { email, password, ...answer.json.data };
}

export const jsendLogin = (service: Service, email: string, password: string): Promise<Answer> =>
  send('POST', jsendUrl(service, 'login'), { body: { email, password } });

export const resetPassword = (service: Service, token: string, password: string): Promise<Answer> =>
  send('PUT', jsendUrl(service, 'reset_password'), { headers: bearer(token), body: { password } });

export const jsendLogout = (service: Service, token: string): Promise<Answer> =>
  send('POST', jsendUrl(service, 'logout'), { headers: bearer(token) });

/** @param refreshToken where another one than the pair's own is presented */
export const jsendRefresh = (service: Service, { jwtToken, refreshToken }: JsendPair): Promise<Answer> =>
  send('POST', jsendUrl(service, 'refresh_token'), {
    headers: { ...bearer(jwtToken), 'refresh-token': refreshToken },
  });

/** The pair in the answer to a refresh, which has other names. */
export const refreshedPair = ({ json }: Answer): JsendPair => ({
  jwtToken: json.token,
  refreshToken: json.refreshToken,
});

export const jsendAccepts = async (service: Service, token: string): Promise<boolean> =>
  (await send('GET', jsendUrl(service, 'get_user'), { headers: bearer(token) })).status === 200;
