import { atOnce, camel, DIALECTS, freshName, mailsTo, newPerson, tally } from '../support/race-client.js';
import { type Service, startService } from '../support/start-service.js';

const TRIES = 20;
/** Another spelling of the same text for each index. */
const mixedCase = (text: string, index: number): string =>
  [...text].map((c, place) => ((index >> (place % 5)) & 1 ? c.toUpperCase() : c)).join('');

describe('registrations at the same time', () => {
  let service: Service;
  let other: Service;

  beforeAll(async () => {
    service = await startService();
    other = await startService({ database: service.database, clock: service.clock });
  });
  afterAll(async () => {
    await other.stop();
    await service.stop();
  });

  const nodeOf = (index: number): string => (index % 4 < 2 ? service.url : other.url);
  const counts = async () => {
    const [row] = await service.database.query(
      `SELECT (SELECT count(*)::int FROM users) AS users, (SELECT count(*)::int FROM sessions) AS sessions,
              (SELECT count(*)::int FROM mails) AS mails, (SELECT count(*)::int FROM one_time_secrets) AS secrets`,
    );
    return row as Record<'users' | 'sessions' | 'mails' | 'secrets', number>;
  };

  const races = {
    'one e-mail address in mixed case': () => {
      const email = `${freshName()}@example.com`;
      return (index: number) => ({ username: freshName(), email: mixedCase(email, index) });
    },
    'one username in mixed case': () => {
      const username = freshName();
      return (index: number) => ({
        username: mixedCase(username, index),
        email: `${freshName()}@example.com`,
      });
    },
  };

  it.each(Object.entries(races))('20 of %s through both contracts make one account', async (_, accounts) => {
    const before = await counts();
    const accountOf = accounts();
    const answers = await atOnce(TRIES, (index) =>
      DIALECTS[index % 2]!.register(nodeOf(index), accountOf(index)),
    );

    expect(tally(answers)).toEqual({ 201: 1, 409: TRIES - 1 });
    // The losers left nothing: camel's registration opens a session and mails a link, token's does neither.
    const extras = answers.findIndex(({ status }) => status === 201) % 2 === DIALECTS.indexOf(camel) ? 1 : 0;
    expect(await counts()).toEqual({
      users: before.users + 1,
      sessions: before.sessions + extras,
      mails: before.mails + extras,
      secrets: before.secrets + extras,
    });
  });

  it('the winner logs in by every spelling of its name and address', async () => {
    const username = freshName();
    const email = `${username}@example.com`;
    await atOnce(TRIES, (index) =>
      DIALECTS[index % 2]!.register(nodeOf(index), {
        username: mixedCase(username, index),
        email: mixedCase(email, index),
      }),
    );
    const spellings = [username, username.toUpperCase(), email, email.toUpperCase()];
    const logins = await Promise.all(
      spellings.flatMap((name) => DIALECTS.map(({ login }) => login(service.url, name))),
    );
    expect(tally(logins)).toEqual({ 200: 8 });
  });

  it.each(DIALECTS)(
    '$name: a taken address or name answers 409 and leaves no mail, secret or session',
    async (dialect) => {
      const { username, email } = await newPerson(service);
      const mails = await mailsTo(service, email);
      const before = await counts();
      const taken = [
        { username: freshName(), email: email.toUpperCase() },
        { username: username.toUpperCase(), email: `${freshName()}@example.com` },
        { username, email },
      ];
      const answers = await Promise.all(taken.map((account) => dialect.register(service.url, account)));
      expect(tally(answers)).toEqual({ 409: 3 });
      expect(await counts()).toEqual(before);
      expect(await mailsTo(service, email)).toEqual(mails);
    },
  );

  it('a registration whose session cannot be opened leaves no account, no secret and no mail', async () => {
    const before = await counts();
    await service.database.query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no more sessions'; END $$`,
    );
    await service.database.query(
      'CREATE TRIGGER refuse BEFORE INSERT ON sessions FOR EACH ROW EXECUTE FUNCTION refuse()',
    );
    const account = { username: freshName(), email: `${freshName()}@example.com` };
    const refused = await camel.register(service.url, account);
    await service.database.query('DROP TRIGGER refuse ON sessions');
    expect(refused.status).toBe(500);
    expect(await counts()).toEqual(before);
    // Nothing is in the way of the retry.
    expect((await camel.register(service.url, account)).status).toBe(201);
  });
});
