import { type Answer, send } from './http.js';
import { type ContractId, demandedHeaders } from './open-account.js';
import type { Service } from './start-service.js';

/** A service behind a proxy on this machine: what tests then send as X-Forwarded-For is the client's address. */
export const BEHIND_PROXY = { TRUSTED_PROXIES: '127.0.0.1' };

/** Where each contract logs in, and what it calls the login field; each takes an e-mail address. */
const LOGINS: Readonly<Record<ContractId, readonly [path: string, field: string]>> = {
  token: ['/v1/auth/token/fresh', 'username'],
  camel: ['/api/v1/auth/login', 'username'],
  channel: ['/api/auth/login', 'email'],
  jsend: ['/api/auth/login', 'email'],
  snake: ['/api/auth/login', 'email'],
};

/** A login from this address, through this contract. */
export function logInFrom(
  service: Service,
  address: string,
  login: string,
  password: string,
  contract: ContractId = 'camel',
): Promise<Answer> {
  const [path, field] = LOGINS[contract];
  return send('POST', `${service.url}/${contract}${path}`, {
    headers: { ...demandedHeaders(contract), 'x-forwarded-for': address },
    body: { [field]: login, password },
  });
}
