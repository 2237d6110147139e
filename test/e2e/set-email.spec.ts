import { administrationOf, saidBy } from '../support/administration.js';
import { channelUser } from '../support/channel-user.js';
import { outcomeOf } from '../support/core.js';
import { eventually } from '../support/eventually.js';
import { holdLock } from '../support/held-lock.js';
import { type Answer, send } from '../support/http.js';
import { jsendAccepts, jsendRefresh, jsendUser, refreshedPair } from '../support/jsend-session.js';
import { enterCode, followLink, mailedProofs } from '../support/mailed-codes.js';
import { camel, freshName, isAlive, mailsTo, newPerson, type Person } from '../support/race-client.js';
import { type Service, startService } from '../support/start-service.js';
import { storedState } from '../support/stored-state.js';

const NOTICE = 'The e-mail address of your account was changed';
const NEXT = 'another password';

describe('another e-mail address', () => {
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

  const freshAddress = (): string => `${freshName()}@example.com`;
  const setEmail = (id: number, email: string, verified = false, node = service): Promise<void> =>
    administrationOf(node, id).setEmail(email, verified);

  const askForLink = (email: string): Promise<Answer> =>
    send('POST', `${other.url}/camel/api/v1/auth/password-reset`, { body: { email } });
  const useLink = (token: string): Promise<Answer> =>
    send('POST', `${other.url}/camel/api/v1/auth/password-reset/confirm`, {
      body: { token, newPassword: NEXT },
    });
  async function resetToken(email: string): Promise<string> {
    await askForLink(email);
    const token = (await mailsTo(service, email)).map(({ text }) => /\?token=([\w-]+)/.exec(text)?.[1]);
    return token.find(Boolean) as string;
  }
  const subjectsTo = async (email: string): Promise<string[]> =>
    (await mailsTo(service, email)).map(({ subject }) => subject);

  const rowOf = async (id: number) =>
    (
      await service.database.query(
        'SELECT email, status, status_before_block, email_verified_at IS NOT NULL AS verified FROM users WHERE id = $1',
        [id],
      )
    )[0];

  it('voids links and codes that were sent to the old one, and those sent to the new one work', async () => {
    const user = await channelUser(service);
    const [row] = await service.database.query<{ id: string }>('SELECT id FROM users WHERE email = $1', [
      user.email,
    ]);
    const id = Number(row?.id);
    const [old] = await mailedProofs(service, user.email);
    const reset = await resetToken(user.email);
    const email = freshAddress();
    await setEmail(id, ` ${email} `);
    expect(await rowOf(id)).toMatchObject({ email, status: 'PENDING', verified: false });

    const [proof, none] = await mailedProofs(service, email);
    expect(none).toBeUndefined();
    expect((await followLink(other, old!.link)).status).toBe(400);
    for (const address of [user.email, email])
      expect((await enterCode(other, old!.code!, { email: address })).status).toBe(400);
    expect((await useLink(reset)).status).toBe(400);
    expect(await rowOf(id)).toMatchObject({ verified: false });

    expect((await enterCode(other, proof!.code!, { email })).status).toBe(200);
    expect(await rowOf(id)).toMatchObject({ status: 'ACTIVE', verified: true });
    expect((await useLink(await resetToken(email))).status).toBe(200);
  });

  it.each([false, true])(
    'that is given back revives nothing of what was sent to it before (known to be theirs: %s)',
    async (known) => {
      const person = await newPerson(service);
      const [old] = await mailedProofs(service, person.email);
      const reset = await resetToken(person.email);
      for (const address of [freshAddress(), person.email]) await setEmail(person.id, address, known);
      expect((await followLink(other, old!.link)).status).toBe(400);
      expect((await enterCode(other, old!.code!, { email: person.email })).status).toBe(400);
      expect((await useLink(reset)).status).toBe(400);
      expect(await rowOf(person.id)).toMatchObject({ verified: known });
    },
  );

  it('is told to the old one, without a link, a code or the new address', async () => {
    const person = await newPerson(service);
    const email = freshAddress();
    await setEmail(person.id, email);
    const [notice] = await mailsTo(service, person.email);
    expect(notice?.subject).toBe(NOTICE);
    expect(notice?.text).not.toMatch(/http|\d{6}|@/);
    expect(await subjectsTo(email)).toEqual(['Verify your e-mail address']);
    const told = [...service.log, ...other.log].filter((line) => line.includes('account_email_set'));
    expect(told.join()).not.toContain('@');
    const recorded = `SELECT details FROM audit_events WHERE event = 'email_changed' AND user_id = $1`;
    expect(await service.database.query(recorded, [person.id])).toEqual([{ details: { verified: false } }]);
  });

  it.each([
    ['PENDING', false, false, 'PENDING'],
    ['PENDING', false, true, 'ACTIVE'],
    // by a contract that verifies nothing
    ['ACTIVE', false, false, 'ACTIVE'],
    ['ACTIVE', true, false, 'PENDING'],
    ['ACTIVE', true, true, 'ACTIVE'],
    ['BLOCKED', true, true, 'BLOCKED'],
    ['BLOCKED', true, false, 'BLOCKED'],
  ])('of an account that is %s (verified: %s), set as verified: %s: it is %s', async (was, by, as, is) => {
    const { id } = await newPerson(service);
    await service.database.query(
      `UPDATE users SET status = $2, status_before_block = CASE $2 WHEN 'BLOCKED' THEN 'ACTIVE' END,
         email_verified_at = CASE WHEN $3 THEN now() END WHERE id = $1`,
      [id, was, by],
    );
    const email = freshAddress();
    await setEmail(id, email, as);
    expect(await rowOf(id)).toMatchObject({ email, status: is, verified: as });
    expect(await subjectsTo(email)).toHaveLength(as ? 0 : 1);
    if (was !== 'BLOCKED') return;
    await administrationOf(service, id).unblock();
    expect(await rowOf(id)).toMatchObject({ status: as ? 'ACTIVE' : 'PENDING' });
  });

  it('leaves sessions and tokens as they are where the account has a username', async () => {
    const person = await newPerson(service);
    await setEmail(person.id, freshAddress());
    expect(await isAlive(other.url, person.access)).toBe(true);
    expect((await camel.refresh(other.url, person)).status).toBe(200);
  });

  it('kills the access tokens that tell the old one as the name, and a refresh tells the new one', async () => {
    const user = await jsendUser(service);
    const [row] = await service.database.query<{ id: string }>('SELECT id FROM users WHERE email = $1', [
      user.email,
    ]);
    const email = freshAddress();
    await setEmail(Number(row?.id), email);
    for (const node of [service, other]) expect(await jsendAccepts(node, user.jwtToken)).toBe(false);
    const next = refreshedPair(await jsendRefresh(other, user));
    expect(saidBy(next.jwtToken).username).toBe(email);
    expect(await jsendAccepts(service, next.jwtToken)).toBe(true);
  });

  it('once more changes nothing, and in other letters only voids nothing and stays verified', async () => {
    const { id } = await newPerson(service);
    const email = freshAddress();
    await setEmail(id, email);
    const before = await storedState(service.database);
    await setEmail(id, email);
    expect(await storedState(service.database)).toEqual(before);

    await setEmail(id, email, true);
    const reset = await resetToken(email);
    await setEmail(id, email.toUpperCase());
    expect(await rowOf(id)).toMatchObject({ email: email.toUpperCase(), verified: true });
    expect(await subjectsTo(email)).not.toContain(NOTICE);
    expect((await useLink(reset)).status).toBe(200);
  });

  it('is refused where somebody has it, in whatever letters, or where it is none', async () => {
    const [person, taken] = [await newPerson(service), await newPerson(service)];
    const before = await storedState(service.database);
    expect(await outcomeOf(setEmail(person.id, taken.email.toUpperCase()))).toBe('email_taken');
    for (const address of ['', 'somebody', 'some body@example.com', 'a@b@example.com'])
      expect(await outcomeOf(setEmail(person.id, address))).toBe('validation_failed');
    expect(await outcomeOf(setEmail(999_999, freshAddress()))).toBe('user_not_found');
    expect(await storedState(service.database)).toEqual(before);
  });

  it('of two accounts that get one address at the same moment one has it', async () => {
    for (let round = 0; round < 5; round++) {
      const persons = [await newPerson(service), await newPerson(service)];
      const email = freshAddress();
      const outcomes = await Promise.all(
        persons.map(({ id }, index) => outcomeOf(setEmail(id, email, false, [service, other][index]))),
      );
      expect(outcomes.sort()).toEqual(['accepted', 'email_taken']);
      expect(await subjectsTo(email)).toEqual(['Verify your e-mail address']);
      const notices = await Promise.all(persons.map((person) => subjectsTo(person.email)));
      expect(notices.flat().filter((subject) => subject === NOTICE)).toHaveLength(1);
    }
  });

  /** Lets the two reach the account's row one after the other. */
  async function inOrder<A, B>(
    { id }: Person,
    first: () => Promise<A>,
    second: () => Promise<B>,
  ): Promise<[A, B]> {
    const lock = await holdLock(service.database, 'SELECT FROM users WHERE id = $1 FOR UPDATE', [id]);
    const one = first();
    await lock.untilWaiting(1);
    const two = second();
    await lock.untilWaiting(2);
    await lock.release();
    return Promise.all([one, two]);
  }

  it('comes before a link that waits behind it, and after one that it waits for', async () => {
    for (const linkFirst of [false, true]) {
      const person = await newPerson(service);
      const token = await resetToken(person.email);
      const email = freshAddress();
      const change = () => setEmail(person.id, email);
      const use = () => useLink(token);
      const status = linkFirst
        ? (await inOrder(person, use, change))[0].status
        : (await inOrder(person, change, use))[1].status;
      expect(status).toBe(linkFirst ? 200 : 400);
      expect((await camel.login(service.url, person.username, NEXT)).status).toBe(linkFirst ? 200 : 401);
      expect(await rowOf(person.id)).toMatchObject({ email, verified: false });
    }
  });

  it('is not verified by a link to the old one that waits behind it', async () => {
    const person = await newPerson(service);
    const [proof] = await mailedProofs(service, person.email);
    const [, { status }] = await inOrder(
      person,
      () => setEmail(person.id, freshAddress()),
      () => followLink(other, proof!.link),
    );
    expect(status).toBe(400);
    expect(await rowOf(person.id)).toMatchObject({ status: 'PENDING', verified: false });
  });

  it('gets no reset link to the old one mailed by a request that waits behind it', async () => {
    const person = await newPerson(service);
    await inOrder(
      person,
      () => setEmail(person.id, freshAddress()),
      () => askForLink(person.email),
    );
    expect((await subjectsTo(person.email))[0]).toBe(NOTICE);
    expect((await subjectsTo(person.email)).filter((subject) => subject.includes('Reset'))).toEqual([]);
  });

  it('takes back the mails with links that are still owed to the old one, and no others', async () => {
    const database = service.database;
    const person = await newPerson(service);
    await resetToken(person.email);
    const bystander = await newPerson(service);
    const addresses = [person.email, bystander.email];
    await eventually('their mails to be sent', async () => {
      const owed = 'SELECT FROM mails WHERE recipient = ANY($1) AND sent_at IS NULL';
      return (await database.query(owed, [addresses])).length === 0;
    });
    // as if nothing had been sent yet, and nothing were for an hour
    await database.query(
      `UPDATE mails SET sent_at = NULL, next_attempt_at = now() + interval '1 hour' WHERE recipient = ANY($1)`,
      [addresses],
    );
    await setEmail(person.id, freshAddress());
    const owed = (email: string) =>
      database.query(
        `SELECT failed_at IS NULL AS owed, sealed_content IS NOT NULL AS readable FROM mails
         WHERE recipient = $1 AND secrets_of IS NOT NULL AND sent_at IS NULL ORDER BY id`,
        [email],
      );
    expect(await owed(person.email)).toEqual(Array(2).fill({ owed: false, readable: false }));
    expect(await owed(bystander.email)).toEqual([{ owed: true, readable: true }]);
    expect(await subjectsTo(person.email)).toEqual([NOTICE]);
  });
});
