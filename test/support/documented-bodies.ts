import { OWN_PATH_ENDPOINTS } from './documented-bodies-own-path.js';
import { SHARED_PATH_ENDPOINTS } from './documented-bodies-shared-path.js';
import type { EndpointWithBody, Holder } from './documented-fields.js';
import { bearer } from './http.js';
import {
  CONTRACT_IDS,
  type ContractId,
  demandedHeaders,
  mailedCode,
  mailedResetToken,
  openAccount,
} from './open-account.js';
import type { Service } from './start-service.js';

export type { EndpointWithBody, Holder };

/** Every endpoint of the five documents that takes a body. */
export const ENDPOINTS_WITH_BODY: readonly EndpointWithBody[] = [
  ...OWN_PATH_ENDPOINTS,
  ...SHARED_PATH_ENDPOINTS,
];

/** Those that do not do without one. */
export const ENDPOINTS_THAT_DEMAND_A_BODY = ENDPOINTS_WITH_BODY.filter(({ fields }) => fields.length > 0);

/** The login of each contract: for what is decided before any endpoint is asked. */
export const LOGINS = Object.fromEntries(
  CONTRACT_IDS.map((id) => [
    id,
    ENDPOINTS_WITH_BODY.find(({ contract, path }) => contract === id && /\/(login|fresh)$/.test(path)),
  ]),
) as Readonly<Record<ContractId, EndpointWithBody>>;

/** An account with everything that the bodies above mention. */
export async function openHolder(service: Service): Promise<Holder> {
  const account = await openAccount(service);
  const verificationCode = await mailedCode(service, account.email);
  return { ...account, verificationCode, resetToken: await mailedResetToken(service, account.email) };
}

/** The endpoint's address below its contract's prefix. */
export const addressOf = (
  service: Service,
  { contract, path }: Pick<EndpointWithBody, 'contract' | 'path'>,
): string => `${service.url}/${contract}${path}`;

/** The headers that the endpoint demands besides the body's. */
export const headersOf = (
  { contract, bearer: held }: EndpointWithBody,
  holder: Holder,
): Record<string, string> => ({
  ...demandedHeaders(contract),
  ...(held && bearer(holder[contract].accessToken)),
});
