import { Denylist } from '@gatehouse/tokens';
import { saidBy } from '../../support/administration.js';
import { eventually } from '../../support/eventually.js';
import { bearer, send } from '../../support/http.js';
import { camel, claimsOf, freshName, isAlive, newPerson, type Tokens } from '../../support/race-client.js';
import { describeWithRedis, RedisServer } from '../../support/redis-server.js';
import {
  endLeftovers,
  type Exit,
  runCli,
  type RunningService,
  type Settings,
  startProcess,
} from '../../support/start-process.js';
import { type Service, startService } from '../../support/start-service.js';
import { testDatabase, type TestDatabase } from '../../support/test-database.js';

interface Registered extends Tokens {
  readonly id: number;
  readonly username: string;
  readonly email: string;
}

describe('gatehouse and accounts', () => {
  let database: TestDatabase;
  let settings: Settings;
  let nodes: RunningService[];

  beforeAll(async () => {
    database = await testDatabase();
    settings = { GATEHOUSE_MODE: 'development', DATABASE_URL: database.url };
    nodes = await Promise.all([startProcess(settings), startProcess(settings)]);
  });
  afterAll(async () => {
    await endLeftovers();
    await database.drop();
  });

  const cli = (...args: string[]): Promise<Exit> => runCli(settings, args);

  /** A command that succeeds, in this one line. */
  const expectDone = async (args: string[], line: string): Promise<void> =>
    expect(await cli(...args)).toEqual({ code: 0, stdout: `${line}\n`, stderr: '' });

  async function registered(username = freshName()): Promise<Registered> {
    const email = `${freshName()}@example.com`;
    const answer = await camel.register(nodes[0]!.url, { username, email });
    expect(answer.status).toBe(201);
    return { id: answer.json.userId, username, email, ...camel.tokensOf(answer) };
  }

  const alive = ({ access }: Tokens): Promise<boolean[]> =>
    Promise.all(nodes.map(({ url }) => isAlive(url, access)));

  const logIn = async (username: string, node = 0): Promise<number> =>
    (await camel.login(nodes[node]!.url, username)).status;

  it('block-user ends the sessions on running nodes at once; blocking once more is fine', async () => {
    const person = await registered();
    const shown = `${person.username}, id ${person.id}`;
    expect(await alive(person)).toEqual([true, true]);
    await expectDone(['block-user', person.username.toUpperCase()], `blocked ${shown}`);
    expect(await alive(person)).toEqual([false, false]);
    expect((await camel.refresh(nodes[1]!.url, person)).status).toBe(401);
    expect(await logIn(person.username, 1)).toBe(423);
    await expectDone(['block-user', String(person.id)], `blocked ${shown}`);
    expect(await logIn(person.username)).toBe(423);
  });

  it('unblock-user lets a blocked account log in again', async () => {
    const person = await registered();
    await database.query(`UPDATE users SET status = 'BLOCKED' WHERE id = $1`, [person.id]);
    expect(await logIn(person.username)).toBe(423);
    await expectDone(['unblock-user', person.email], `unblocked ${person.username}, id ${person.id}`);
    expect(await logIn(person.username, 1)).toBe(200);
  });

  it('set-role gives the role, and takes it away from live tokens at once', async () => {
    const person = await registered();
    const shown = `${person.username}, id ${person.id}`;
    await expectDone(['set-role', person.email, 'ADMIN'], `set the role of ${shown}, to ADMIN`);
    expect(await alive(person)).toEqual([false, false]);
    const admin = camel.tokensOf(await camel.refresh(nodes[1]!.url, person));
    const foreign = (access: string): Promise<number[]> =>
      Promise.all(
        nodes.map(
          async ({ url }) =>
            (await send('GET', `${url}/token/v1/sessions/users/1`, { headers: bearer(access) })).status,
        ),
      );
    expect(await foreign(admin.access)).toEqual([200, 200]);

    await expectDone(['set-role', String(person.id), 'USER'], `set the role of ${shown}, to USER`);
    expect(await foreign(admin.access)).toEqual([401, 401]);
    const user = camel.tokensOf(await camel.refresh(nodes[0]!.url, admin));
    expect(await foreign(user.access)).toEqual([403, 403]);
  });

  it('rename-user gives another name, which live sessions tell after a refresh', async () => {
    const person = await registered();
    const username = freshName();
    await expectDone(
      ['rename-user', person.username, username],
      `renamed ${person.username}, id ${person.id}, to ${username}`,
    );
    expect(await alive(person)).toEqual([false, false]);
    const next = camel.tokensOf(await camel.refresh(nodes[1]!.url, person));
    expect(saidBy(next.access).username).toBe(username);
    expect(await alive(next)).toEqual([true, true]);
    expect([await logIn(person.username), await logIn(username, 1)]).toEqual([401, 200]);
  });

  it('set-email gives another address, and mails what verifies it unless that is known', async () => {
    const person = await registered();
    const [email, known] = [`${freshName()}@example.com`, `${freshName()}@example.com`];
    const shown = `${person.username}, id ${person.id}`;
    await expectDone(['set-email', person.email, email], `set the e-mail address of ${shown}, to ${email}`);
    expect(await alive(person)).toEqual([true, true]);
    const mails = async (to: string): Promise<string[]> => {
      const url = `${nodes[1]!.url}/dev/mailbox?to=${to}`;
      const { json } = await send('GET', url, { headers: { accept: 'application/json' } });
      return json.map(({ subject }: { subject: string }) => subject);
    };
    expect(await mails(email)).toEqual(['Verify your e-mail address']);
    expect((await mails(person.email))[0]).toBe('The e-mail address of your account was changed');
    await expectDone(
      ['set-email', '--verified', person.username, known],
      `set the e-mail address of ${shown}, to ${known}`,
    );
    expect(await mails(known)).toEqual([]);
    const [row] = await database.query('SELECT email, status FROM users WHERE id = $1', [person.id]);
    expect(row).toEqual({ email: known, status: 'ACTIVE' });
  });

  it("a name that is one account's username and another's id is nobody's", async () => {
    const person = await registered();
    const impostor = await registered();
    // Ids of three digits and more can be usernames; there are not as many accounts here.
    await database.query('UPDATE users SET username = $2, username_key = $2 WHERE id = $1', [
      impostor.id,
      String(person.id),
    ]);
    const { code, stdout, stderr } = await cli('set-role', String(person.id), 'ADMIN');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/is the username of one account and the id of another/);
    expect(await alive(person)).toEqual([true, true]);
    await expectDone(
      ['set-role', person.email, 'ADMIN'],
      `set the role of ${person.username}, id ${person.id}, to ADMIN`,
    );
    expect(await alive(impostor)).toEqual([true, true]);
  });

  const NOBODY = /^gatehouse: there is no account with the username, e-mail address or id [^ ]+$/m;
  const NO_USERNAME = /a username has 3 to 50 letters, digits, or \. _ -/;

  it.each<[string, (person: Registered, other: Registered) => string[], RegExp]>([
    ['an unknown username', () => ['block-user', freshName()], NOBODY],
    ['an unknown address', () => ['unblock-user', 'nobody@example.com'], NOBODY],
    ['an unknown id', () => ['set-role', '999999', 'ADMIN'], NOBODY],
    ['no id at all', () => ['rename-user', '12345678901234567890', freshName()], NOBODY],
    ['an unknown role', ({ email }) => ['set-role', email, 'OWNER'], /Allowed choices are USER, ADMIN/],
    ['no role', ({ email }) => ['set-role', email], /missing required argument 'role'/],
    ['no name', () => ['block-user'], /missing required argument 'name'/],
    [
      "somebody else's username",
      ({ email }, { username }) => ['rename-user', email, username.toUpperCase()],
      /there is another account with this username/,
    ],
    [
      "somebody else's address",
      ({ username }, { email }) => ['set-email', username, email.toUpperCase()],
      /there is another account with this e-mail address/,
    ],
    ['no address', ({ email }) => ['set-email', email, 'somebody'], /somebody is no e-mail address/],
    ['no username', ({ email }) => ['rename-user', email, 'some@body'], NO_USERNAME],
  ])('%s: one sentence, exit code 1, and nothing happens', async (_, args, message) => {
    const [person, other] = [await registered(), await registered()];
    const before = await database.query('SELECT * FROM users ORDER BY id');
    const { code, stdout, stderr } = await cli(...args(person, other));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ +at |something went wrong/m);
    expect(await database.query('SELECT * FROM users ORDER BY id')).toEqual(before);
    for (const each of [person, other]) expect(await alive(each)).toEqual([true, true]);
  });
});

describeWithRedis('gatehouse and accounts, where the nodes ask a Redis', () => {
  let redis: RedisServer;
  let node: Service;

  beforeAll(async () => {
    redis = await RedisServer.start();
    node = await startService({ env: { REDIS_URL: redis.url } });
    await eventually(
      'the node to trust the copy',
      () => node.nest.get(Denylist, { strict: false }).status().source === 'redis',
    );
  });
  afterAll(async () => {
    await endLeftovers();
    await node?.stop();
    await redis.stop();
  });

  it('what a command has done is known to all of them when it says so', async () => {
    const person = await newPerson(node);
    const settings = {
      GATEHOUSE_MODE: 'development',
      DATABASE_URL: node.database.url,
      REDIS_URL: redis.url,
    };
    const { sid } = claimsOf(person.access);
    const told = async (): Promise<unknown> => {
      const [row] = await node.database.query(
        'SELECT value, published_at IS NOT NULL AS published FROM revocations WHERE sid = $1',
        [sid],
      );
      return { ...row, copied: String(await redis.command('HGET', 'deny', sid)).split(';')[0] };
    };
    expect((await runCli(settings, ['set-role', person.username, 'ADMIN'])).code).toBe(0);
    expect(await told()).toEqual({ value: '2@0', published: true, copied: '2@0' });
    expect((await runCli(settings, ['block-user', person.username])).code).toBe(0);
    expect(await told()).toEqual({ value: '*', published: true, copied: '*' });
    expect(await isAlive(node.url, person.access)).toBe(false);
  });
});
