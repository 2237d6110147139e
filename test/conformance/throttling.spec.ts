import type { ContractClient, Outcome } from './clients/contract-client.js';
import { send } from '../support/http.js';
import { expectRefused, MINUTE, SECOND, useService } from './support/use-service.js';
import { whereOffered } from './support/where-offered.js';

const LIMIT = 2;
const WINDOW_S = 60;

const service = useService({
  THROTTLE: 'true',
  ...Object.fromEntries(
    ['LOGIN', 'REGISTER', 'REFRESH', 'MAIL', 'CODE'].map((act) => [
      `THROTTLE_${act}_NETWORK`,
      `${LIMIT}/${WINDOW_S}s`,
    ]),
  ),
});

/** All that is counted is over. */
beforeEach(() => service.advance(MINUTE));

/** The seconds of a 429 in the contract's own format. */
function secondsOf(client: Pick<ContractClient, 'refusal'>, outcome: Outcome): number {
  expectRefused(client, outcome, 429);
  expect(outcome.body).toMatchObject(
    'detail' in outcome.body
      ? { detail: expect.stringContaining('Retry-After'), code: 'too_many_requests' }
      : { message: expect.stringContaining('Retry-After') },
  );
  const seconds = Number(outcome.headers['retry-after']);
  expect(String(seconds)).toBe(outcome.headers['retry-after']);
  expect(seconds).toBeGreaterThan(WINDOW_S - 10);
  expect(seconds).toBeLessThanOrEqual(WINDOW_S);
  return seconds;
}

/** That the limit is reached after this many, that asking on prolongs nothing, and that Retry-After is true. */
async function expectThrottled(
  client: Pick<ContractClient, 'refusal'>,
  passes: (outcome: Outcome) => void,
  request: () => Promise<Outcome>,
): Promise<void> {
  for (let i = 0; i < LIMIT; i++) passes(await request());
  const seconds = secondsOf(client, await request());
  service.advance((seconds - 2) * SECOND);
  for (let i = 0; i < LIMIT + 1; i++) expectRefused(client, await request(), 429);
  service.advance(2 * SECOND);
  passes(await request());
}

const statusIs =
  (status: number | undefined) =>
  (outcome: Outcome): void =>
    expect(outcome.status).toBe(status);

describe.each(service.clients)('too many requests through $id', (client) => {
  it('are 429 where they log in', async () => {
    const person = await service.registered(client);
    await expectThrottled(client, statusIs(200), () => client.logIn(person.username, person.password));
  });

  it('are 429 before anything about the account shows', async () => {
    await expectThrottled(client, statusIs(401), () => client.logIn('nobody', 'wrong password'));
  });

  it('are 429 where they register', async () => {
    await expectThrottled(client, statusIs(client.facts.registered), () =>
      client.register(service.newPerson(client)),
    );
  });

  it('are 429 where they refresh', async () => {
    let { tokens } = await service.loggedIn(client);
    await expectThrottled(client, statusIs(200), async () => {
      const outcome = await client.refresh(tokens);
      if (outcome.status === 200) {
        const { access, refresh } = outcome.tokens;
        tokens = { access: access || tokens.access, refresh: refresh || access || tokens.refresh };
      }
      return outcome;
    });
  });

  it('count where they are malformed too', async () => {
    await expectThrottled(client, statusIs(400), () => client.logIn(7 as never, {} as never));
  });
});

describe('too many requests for a mail', () =>
  whereOffered(service.clients, ['requestReset'], (client) => {
    it('are 429, whoever they are for', async () => {
      await expectThrottled(client, statusIs(client.facts.resetOfUnknown), () =>
        client.requestReset(service.newPerson(client).email),
      );
    });
  }));

it('too many requests for a mail on the pages are a page', async () => {
  const ask = () =>
    send('POST', `${service.url()}/pages/verify-email/resend`, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'token=x',
    });
  for (let i = 0; i < LIMIT; i++) expect((await ask()).status).toBe(200);
  const { status, headers, text } = await ask();
  expect([status, headers['content-type']]).toEqual([429, expect.stringContaining('text/html')]);
  expect(Number(headers['retry-after'])).toBeGreaterThan(WINDOW_S - 10);
  expect(text).toContain('wait a few minutes');
});

describe('too many codes', () =>
  whereOffered(service.clients, ['verifyEmail'], (client) => {
    it('are 429, and links are not counted: they cannot be guessed', async () => {
      const proof = { link: 'x'.repeat(43), code: '000000', email: 'nobody@example.com' };
      const enter = () => client.verifyEmail(proof);
      if (client.facts.verifiesBy === 'code') return expectThrottled(client, statusIs(400), enter);
      for (let i = 0; i <= LIMIT; i++) expectRefused(client, await enter(), 400);
      return undefined;
    });
  }));

describe('validation', () => {
  // the call by which the others try a token is the entry of a code there: no document of channel's validates
  it.each(service.clients.filter(({ id }) => id !== 'channel'))(
    'is never throttled through $id',
    async (client) => {
      const { tokens } = await service.loggedIn(client);
      for (let batch = 0; batch < 10; batch++) {
        const checks = Array.from({ length: 30 }, () => client.check(tokens.access));
        for (const { verdict } of await Promise.all(checks)) expect(verdict).toBe('valid');
      }
      for (let i = 0; i <= LIMIT; i++)
        expect((await client.check(`${tokens.access}x`)).verdict).toBe('invalid');
    },
  );
});
