/** What our tokens say; only the access token has `uid`, `gen`, `role` and `username`. */
export interface Claims {
  readonly sub: string;
  readonly uid: number;
  readonly sid: string;
  readonly gen: number;
  readonly jti: string;
  readonly iat: number;
  readonly exp: number;
  readonly role: 'USER' | 'ADMIN';
  readonly username: string;
}

/** The claims of a token, unverified: to tell which account and session an answer is about. */
export function claimsOf(token: string): Claims {
  const [, payload = ''] = token.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
}
