import type { ClientOptions, Session } from '@gatehouse/client';
import { createClient as camelClient } from '@gatehouse/client/camel';
import { createClient as channelClient } from '@gatehouse/client/channel';
import { createClient as jsendClient } from '@gatehouse/client/jsend';
import { createClient as snakeClient } from '@gatehouse/client/snake';
import { createClient as tokenClient } from '@gatehouse/client/token';
import type { ContractId } from './open-account.js';
import type { Service } from './start-service.js';

export interface Credentials {
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

/** A front end of one contract: what all of them do, each by its own operations. */
export interface FrontEnd {
  readonly session: Session;
  /** @param password instead of the right one */
  logIn(person: Credentials, password?: string): Promise<Response>;
  /** A call that needs to be logged in, and changes nothing. */
  use(): Promise<Response>;
  logOut(): Promise<Response>;
}

const answered = async (called: Promise<{ response: Response }>): Promise<Response> =>
  (await called).response;

const byEmail = ({ email }: Credentials, password: string) => ({ body: { email, password } });
const byUsername = ({ username }: Credentials, password: string) => ({ body: { username, password } });

export const FRONT_ENDS: Readonly<Record<ContractId, (options: ClientOptions) => FrontEnd>> = {
  token: (options) => {
    const client = tokenClient(options);
    return {
      session: client.session,
      logIn: (person, password = person.password) =>
        answered(client.POST('/v1/auth/token/fresh', byUsername(person, password))),
      use: () => answered(client.PUT('/v1/auth/token/verify')),
      logOut: () => answered(client.PUT('/v1/auth/token/revoke')),
    };
  },
  camel: (options) => {
    const client = camelClient(options);
    return {
      session: client.session,
      logIn: (person, password = person.password) =>
        answered(client.POST('/api/v1/auth/login', byUsername(person, password))),
      use: () => answered(client.GET('/api/v1/auth/profile')),
      logOut: () => answered(client.POST('/api/v1/auth/logout')),
    };
  },
  channel: (options) => {
    const client = channelClient({ ...options, apiToken: 'dev-api-token', channel: 'web' });
    return {
      session: client.session,
      logIn: (person, password = person.password) =>
        answered(client.POST('/api/auth/login', byEmail(person, password))),
      // the document has no such call, so another contract's is asked, as a service behind an API gateway would be
      use: () => client.session.fetch(`${options.baseUrl}/token/v1/auth/token/verify`, { method: 'PUT' }),
      logOut: () => answered(client.POST('/api/auth/logout')),
    };
  },
  jsend: (options) => {
    const client = jsendClient(options);
    return {
      session: client.session,
      logIn: (person, password = person.password) =>
        answered(client.POST('/api/auth/login', byEmail(person, password))),
      use: () => answered(client.GET('/api/auth/get_user')),
      logOut: () => answered(client.POST('/api/auth/logout')),
    };
  },
  snake: (options) => {
    const client = snakeClient(options);
    return {
      session: client.session,
      logIn: (person, password = person.password) =>
        answered(client.POST('/api/auth/login', byEmail(person, password))),
      use: () => answered(client.GET('/api/users/me')),
      logOut: () => answered(client.POST('/api/auth/logout')),
    };
  },
};

const REFRESHES: Readonly<Record<ContractId, string>> = {
  token: '/token/v1/auth/token/refresh',
  camel: '/camel/api/v1/auth/refresh',
  channel: '/channel/api/auth/refresh-token',
  jsend: '/jsend/api/auth/refresh_token',
  snake: '/snake/api/auth/refresh',
};

/** How many refreshes of a contract the service has answered so far, by its own log. */
export const refreshesAt = ({ log }: Service, contract: ContractId): number =>
  log.filter((line) => line.includes(`"route":"${REFRESHES[contract]}"`)).length;
