import path from 'node:path';
import { clientsOf } from '../conformance/clients/index.js';
import type { ContractClient, Outcome, Person, Tokens } from '../conformance/clients/contract-client.js';
import { claimsOf } from '../conformance/support/claims.js';
import { useService } from '../conformance/support/use-service.js';
import { offers } from '../conformance/support/where-offered.js';
import { bearer } from '../support/http.js';
import { CONTRACT_IDS } from '../support/open-account.js';
import { type ForeignFolder, foreignFolder, operationsOf } from './support/foreign-folder.js';
import { type Prism, startPrism } from './support/prism.js';

const LIMIT_MS = 90_000;

const service = useService();
const proxies = new Map<string, Prism>();
let folder: ForeignFolder;

beforeAll(async () => {
  folder = await foreignFolder(service.url());
  const start = async (contract: string): Promise<void> => {
    const document = path.join(folder.home, `${contract}.json`);
    proxies.set(contract, await startPrism(document, `${service.url()}/${contract}`));
  };
  await Promise.all(CONTRACT_IDS.map(start));
}, LIMIT_MS);
afterAll(async () => {
  await Promise.all([...proxies.values()].map((proxy) => proxy.stop()));
  folder?.remove();
});

const proxyOf = (contract: string): Prism => {
  const proxy = proxies.get(contract);
  if (!proxy) throw new Error(`there is no proxy in front of ${contract}`);
  return proxy;
};

/** Each contract's client, which reaches the service through the proxy that has its document. */
const CLIENTS = CONTRACT_IDS.flatMap((contract) =>
  clientsOf(() => proxyOf(contract).url, 'root').filter(({ id }) => id === contract),
);

/** An answer that has come through. Throws with what the proxy says where it has not. */
function through<O extends Pick<Outcome, 'status' | 'body'>>(outcome: O, ...statuses: number[]): O {
  if (!(statuses.length === 0 ? [200, 201, 204] : statuses).includes(outcome.status))
    throw new Error(`${outcome.status} ${JSON.stringify(outcome.body)}`);
  return outcome;
}

async function logIn(client: ContractClient, { username, password }: Person): Promise<Tokens> {
  return through(await client.logIn(username, password)).tokens;
}

/** Proves the address, by a second mail where the document can ask for one. */
async function proveAddress(client: ContractClient, { email }: Person, access: string): Promise<void> {
  if (client.id === 'channel') {
    const again = { headers: bearer(access), body: { email } };
    const { status, json: body } = await client.request('POST', '/api/auth/resend-verification', again);
    through({ status, body });
  }
  if (offers(client, ['verifyEmail']))
    through(await client.verifyEmail({ ...(await service.mailedProof(email)), email }));
}

/** Reads and changes the account, and gives the password that it has afterwards. */
async function useAccount(client: ContractClient, person: Person, access: string): Promise<Person> {
  // channel has no call that takes a token and is documented to change nothing
  if (client.facts.used === 200) {
    through(await client.use(access));
    through(await client.check(access));
  }
  if (offers(client, ['profile'])) through(await client.profile(access));
  if (offers(client, ['updateProfile']))
    through(await client.updateProfile(access, { firstName: 'Mary', lastName: null }));
  if (offers(client, ['health'])) through(await client.health());
  const password = `${person.password}, another`;
  if (offers(client, ['changePassword']))
    through(await client.changePassword(access, person.password, password));
  else if (offers(client, ['resetBySession'])) through(await client.resetBySession(access, password));
  else return person;
  return { ...person, password };
}

async function resetByMail(client: ContractClient, person: Person): Promise<Person> {
  if (!offers(client, ['requestReset', 'confirmReset'])) return person;
  through(await client.requestReset(person.email));
  const password = `${person.password}, by mail`;
  through(await client.confirmReset(await service.mailedSecret(person.email, 'Reset'), password));
  return { ...person, password };
}

async function endSessions(client: ContractClient, person: Person): Promise<void> {
  if (!offers(client, ['listSessions', 'endSession', 'endSessions'])) return;
  const one = claimsOf((await logIn(client, person)).access);
  const { access } = await logIn(client, person);
  through(await client.listSessions(access, one.uid, { per_page: '1' }));
  through(await client.endSession(access, one.sid));
  through(await client.endSessions(access, one.uid, { except_current: 'true' }));
}

async function beRefused(client: ContractClient, person: Person, dead: Tokens): Promise<void> {
  through(await client.logIn(person.username, `${person.password}, wrong`), 401);
  through(await client.register(person), 409);
  through(await client.refresh(dead), 401);
  through(await client.logOut(dead.access), 401);
  if (client.facts.used === 200 && client.id !== 'camel') through(await client.check(dead.access), 401);
  if (offers(client, ['listSessions'])) {
    const { access } = await logIn(client, person);
    through(await client.listSessions(access, claimsOf(access).uid + 1), 403);
  }
}

describe.each(CLIENTS)('prism, in front of $id', (client) => {
  it(
    'lets everything through that a life with an account takes, refusals included',
    async () => {
      let person = service.newPerson(client);
      through(await client.register(person), client.facts.registered);
      const opened = await logIn(client, person);
      const { access } = through(await client.refresh(opened)).tokens;
      await proveAddress(client, person, access);
      person = await useAccount(client, person, access);
      person = await resetByMail(client, person);
      await endSessions(client, person);
      const last = await logIn(client, person);
      through(await client.logOut(last.access));
      await beRefused(client, person, last);
    },
    LIMIT_MS,
  );

  it('has seen every operation of the document succeed, and nothing that the document does not have', () => {
    const lines = service.running.log.map((line) => JSON.parse(line));
    const succeeded = lines
      .filter(({ event, status }) => event === 'request' && status < 300)
      .map(({ method, route }) => `${method} ${route}`);
    const document = [...folder.documents].find(([contract]) => contract === client.id)?.[1];
    const documented = operationsOf(document ?? { paths: {} }).map(
      ({ method, path: template }) => `${method} /${client.id}${template.replace(/\{(\w+)\}/g, ':$1')}`,
    );
    const own = succeeded.filter((operation) => operation.includes(` /${client.id}/`));
    expect([...new Set(own)].sort()).toEqual(documented.sort());
    expect(proxyOf(client.id).complaints()).toEqual([]);
  });
});
