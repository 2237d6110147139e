import { holdLock } from '../support/held-lock.js';
import { type Answer, send } from '../support/http.js';
import {
  atOnce,
  camel,
  isAlive,
  mailsTo,
  newPerson,
  PASSWORD,
  type Person,
  tally,
} from '../support/race-client.js';
import { type Service, startService } from '../support/start-service.js';

const NOTICE = 'Your password was changed';

describe('mailed links at the same time', () => {
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

  const nodeOf = (index: number): string => (index % 2 === 0 ? service.url : other.url);

  const askForLink = (email: string, index = 0): Promise<Answer> =>
    send('POST', `${nodeOf(index)}/camel/api/v1/auth/password-reset`, { body: { email } });

  /** The tokens of the mailed reset links, the newest first. */
  async function resetTokens({ email }: Person): Promise<string[]> {
    const mails = await mailsTo(service, email);
    return mails.flatMap(({ text }) => /\?token=([\w-]+)/.exec(text)?.[1] ?? []);
  }

  const use = (token: string, newPassword: string, index: number): Promise<Answer> =>
    send('POST', `${nodeOf(index)}/camel/api/v1/auth/password-reset/confirm`, {
      body: { token, newPassword },
    });

  const versionOf = async ({ id }: Person): Promise<number> => {
    const [row] = await service.database.query<{ v: number }>(
      'SELECT credential_version AS v FROM users WHERE id = $1',
      [id],
    );
    return row?.v ?? 0;
  };

  const notices = async ({ email }: Person): Promise<number> =>
    (await mailsTo(service, email)).filter(({ subject }) => subject === NOTICE).length;

  /** Which of the passwords logs in. */
  async function workingOf(person: Person, passwords: readonly string[]): Promise<string[]> {
    const answers = await Promise.all(
      passwords.map((password) => camel.login(service.url, person.username, password)),
    );
    return passwords.filter((_, index) => answers[index]?.status === 200);
  }

  it('10 uses of one reset link change the password once', async () => {
    const person = await newPerson(service);
    await askForLink(person.email);
    const [link] = (await resetTokens(person)) as [string];
    const passwords = Array.from({ length: 10 }, (_, index) => `another password ${index}`);
    const answers = await atOnce(10, (index) => use(link, passwords[index]!, index));

    expect(tally(answers)).toEqual({ 200: 1, 400: 9 });
    expect(await versionOf(person)).toBe(2);
    expect(await notices(person)).toBe(1);
    const winner = passwords[answers.findIndex(({ status }) => status === 200)];
    // Nine wrong passwords are below the lock.
    expect(await workingOf(person, passwords.slice(0, 9))).toEqual(
      passwords.slice(0, 9).filter((each) => each === winner),
    );
    expect(await workingOf(person, [winner!])).toEqual([winner]);
    expect(await isAlive(service.url, person.access)).toBe(false);
  });

  it('of two different reset links used at once one works, and the other is void', async () => {
    for (let round = 0; round < 10; round++) {
      const person = await newPerson(service);
      await askForLink(person.email);
      await askForLink(person.email);
      const links = await resetTokens(person);
      expect(new Set(links).size).toBe(2);
      const passwords = ['the first new one', 'the second new one'];
      const answers = await atOnce(2, (index) => use(links[index]!, passwords[index]!, index));

      expect(tally(answers)).toEqual({ 200: 1, 400: 1 });
      expect(await versionOf(person)).toBe(2);
      expect(await notices(person)).toBe(1);
      const winner = passwords[answers.findIndex(({ status }) => status === 200)];
      expect(await workingOf(person, [...passwords, PASSWORD])).toEqual([winner]);
      expect(tally(await atOnce(2, (index) => use(links[index]!, 'yet another one', index)))).toEqual({
        400: 2,
      });
    }
  });

  it('of three outstanding reset links used at once, each several times, one works and ends the sessions', async () => {
    for (let round = 0; round < 3; round++) {
      const person = await newPerson(service);
      for (let asked = 0; asked < 3; asked++) await askForLink(person.email);
      const links = await resetTokens(person);
      expect(new Set(links).size).toBe(3);
      const answers = await atOnce(9, (index) => use(links[index % 3]!, `another password ${index}`, index));

      expect(tally(answers)).toEqual({ 200: 1, 400: 8 });
      expect(await versionOf(person)).toBe(2);
      const winner = answers.findIndex(({ status }) => status === 200);
      expect(await workingOf(person, [`another password ${winner}`])).toHaveLength(1);
      expect(await isAlive(other.url, person.access)).toBe(false);
      expect((await camel.refresh(other.url, person)).status).toBe(401);
      expect(tally(await atOnce(3, (index) => use(links[index]!, 'yet another one', index)))).toEqual({
        400: 3,
      });
    }
  });

  it('looks at a verification link by HEAD and GET, in whatever order, leave it good', async () => {
    for (const methods of [
      ['HEAD', 'GET', 'GET'],
      ['GET', 'HEAD', 'GET'],
    ]) {
      const person = await newPerson(service);
      const [mail] = await mailsTo(service, person.email);
      const link = /\/api\/v1\/auth\/verify-email\/[\w-]+/.exec(mail?.text ?? '')?.[0];
      for (const prefix of ['/camel', ''])
        for (const [index, method] of methods.entries())
          expect((await send(method, `${nodeOf(index)}${prefix}${link}`)).status).toBe(200);
    }
  });

  it.each([
    { order: 'a request that waits behind the reset mails a link that works', resetFirst: true, status: 200 },
    { order: 'a reset that waits behind a request voids its link too', resetFirst: false, status: 400 },
  ])('$order', async ({ resetFirst, status }) => {
    const person = await newPerson(service);
    await askForLink(person.email);
    const [link] = (await resetTokens(person)) as [string];
    const steps = [() => use(link, 'the new password', 0), () => askForLink(person.email, 1)];
    const [first, second] = (resetFirst ? steps : steps.reverse()) as [
      () => Promise<Answer>,
      () => Promise<Answer>,
    ];
    const lock = await holdLock(service.database, 'SELECT FROM users WHERE id = $1 FOR UPDATE', [person.id]);
    const answers = [first()];
    await lock.untilWaiting(1);
    answers.push(second());
    await lock.untilWaiting(2);
    await lock.release();
    expect(tally(await Promise.all(answers))).toEqual({ 200: 2 });
    const [newest] = (await resetTokens(person)).filter((token) => token !== link);
    expect((await use(link, 'yet another one', 0)).status).toBe(400);
    expect((await use(newest!, 'yet another one', 1)).status).toBe(status);
  });

  it('10 fetches of one verification link all answer 200 and verify once', async () => {
    const person = await newPerson(service);
    const [mail] = await mailsTo(service, person.email);
    const path = /\/api\/v1\/auth\/verify-email\/[\w-]+/.exec(mail?.text ?? '')?.[0];
    const answers = await atOnce(10, (index) => send('GET', `${nodeOf(index)}${path}`));
    expect(tally(answers)).toEqual({ 200: 10 });

    const state = () =>
      service.database.query(
        `SELECT status, email_verified_at, (SELECT count(*)::int FROM one_time_secrets
         WHERE user_id = users.id AND used_at IS NOT NULL) AS used FROM users WHERE id = $1`,
        [person.id],
      );
    const verified = await state();
    expect(verified).toEqual([{ status: 'ACTIVE', email_verified_at: expect.any(Date), used: 1 }]);
    service.clock.advance(60_000);
    expect((await send('GET', `${service.url}${path}`)).status).toBe(200);
    expect(await state()).toEqual(verified);
  });

  it('12 reset links asked for at once leave the 3 newest outstanding', async () => {
    const person = await newPerson(service);
    const asked = await atOnce(12, (index) => askForLink(person.email, index));
    expect(tally(asked)).toEqual({ 200: 12 });
    const links = await resetTokens(person);
    expect(new Set(links).size).toBe(12);
    const [row] = await service.database.query(
      `SELECT count(*) FILTER (WHERE voided_at IS NULL)::int AS live, count(*) FILTER (WHERE voided_at IS NOT NULL)::int AS void
       FROM one_time_secrets WHERE user_id = $1 AND purpose = 'reset_password'`,
      [person.id],
    );
    expect(row).toEqual({ live: 3, void: 9 });
    const answers = await atOnce(12, (index) => use(links[index]!, `another password ${index}`, index));
    expect(tally(answers)).toEqual({ 200: 1, 400: 11 });
    expect(await versionOf(person)).toBe(2);
  });
});
