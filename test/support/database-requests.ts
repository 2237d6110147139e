import { askAs, BEARER_ENDPOINTS } from './bearer-endpoints.js';
import { addressOf, ENDPOINTS_WITH_BODY, headersOf, type Holder } from './documented-bodies.js';
import { type Answer, send } from './http.js';
import type { Speaker } from './refusals.js';
import type { Service } from './start-service.js';

type Request = readonly [speaker: Speaker, ask: (service: Service, holder: Holder) => Promise<Answer>];

const bare =
  (method: string, path: string, body?: (holder: Holder) => object): Request[1] =>
  (service, holder) =>
    send(method, service.url + path, { body: body?.(holder) });

/** Every endpoint that needs PostgreSQL, and in whose words it refuses. */
export const DATABASE_REQUESTS: readonly Request[] = [
  ...ENDPOINTS_WITH_BODY.map((endpoint): Request => [
    endpoint.contract,
    (service, holder) =>
      send(endpoint.method, addressOf(service, endpoint), {
        headers: headersOf(endpoint, holder),
        body: endpoint.body(holder),
      }),
  ]),
  ...Object.values(BEARER_ENDPOINTS).map((endpoint): Request => [
    endpoint.contract,
    (service, holder) =>
      askAs(service, endpoint, holder, ['Authorization', `Bearer ${holder[endpoint.contract].accessToken}`]),
  ]),
  ['camel', bare('POST', '/api/v1/auth/validate', ({ camel }) => ({ token: camel.accessToken }))],
  ['camel', bare('GET', '/api/v1/auth/verify-email/x')],
  ['none', bare('GET', '/dev/mailbox')],
];
