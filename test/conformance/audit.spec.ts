import { DEVELOPMENT_ADMIN } from '@gatehouse/development';
import { administrationOf } from '../support/administration.js';
import { auditMark, type AuditRow, auditRows } from '../support/audit-rows.js';
import { collectSecret, secretsSoFar } from '../support/collected.js';
import { scan } from '../support/log-scan.cjs';
import type { ContractClient, Tokens } from './clients/contract-client.js';
import { claimsOf } from './support/claims.js';
import { logIn, MINUTE, useService } from './support/use-service.js';
import { offers } from './support/where-offered.js';

const NEXT = 'the next password';
const ATTEMPTS = 10;

const service = useService();

/** What `act` records, in its order. */
async function recordedBy(act: () => Promise<unknown>): Promise<AuditRow[]> {
  const { database } = service.running;
  const mark = await auditMark(database);
  await act();
  return auditRows(database, mark);
}

/** Who, whom, through what and from where; channel's application is development's. */
const by = (client: ContractClient, user: number | null, tokens?: Tokens) => ({
  user_id: user === null ? null : String(user),
  session_id: tokens ? claimsOf(tokens.access).sid : null,
  contract: client.id,
  client_id: client.id === 'channel' ? expect.any(String) : null,
  ip: '127.0.0.1',
  request_id: expect.any(String),
});

const registered = async (client: ContractClient) => {
  const { person, tokens } = await service.loggedIn(client);
  return { person, tokens, id: claimsOf(tokens.access).uid };
};

describe.each(service.clients)('$id records', (client) => {
  it('a registration, with the login that comes with it', async () => {
    const person = service.newPerson(client);
    const rows = await recordedBy(() => client.register(person));
    const { id } = (await service.storedAccount(person)) as unknown as { id: string };
    const opened = client.facts.registrationOpensSession;
    expect(rows.map(({ event }) => event)).toEqual(opened ? ['registered', 'logged_in'] : ['registered']);
    for (const row of rows) expect(row).toMatchObject({ user_id: id, actor: `user:${id}`, details: {} });
    expect(rows[0]).toMatchObject(by(client, Number(id)));
    expect(Math.abs(Date.now() + service.running.clock.offsetMs - Number(rows[0]?.at))).toBeLessThan(MINUTE);
  });

  it('a login and a logout, once', async () => {
    const person = await service.registered(client);
    let tokens: Tokens = { access: '', refresh: '' };
    const rows = await recordedBy(async () => {
      tokens = await logIn(client, person);
      await client.logOut(tokens.access);
      await client.logOut(tokens.access);
    });
    const id = claimsOf(tokens.access).uid;
    const reason = client.id === 'token' ? 'revoked' : 'logged_out';
    // the one document whose login shows a User-Agent
    expect(rows[0]?.user_agent).toBe(client.id === 'token' ? `${person.username}'s browser` : null);
    expect(rows).toEqual([
      expect.objectContaining({ event: 'logged_in', actor: `user:${id}`, ...by(client, id, tokens) }),
      expect.objectContaining({
        event: 'session_ended',
        actor: `user:${id}`,
        ...by(client, id, tokens),
        details: { reason },
      }),
    ]);
  });

  it('wrong passwords up to the lock, the lock once, and nothing that it refuses', async () => {
    const { id, person } = await registered(client);
    const rows = await recordedBy(async () => {
      for (let i = 0; i < ATTEMPTS + 3; i++) await client.logIn(person.username, `wrong password ${i}`);
      await client.logIn(person.username, person.password);
    });
    const refused = { event: 'login_refused', actor: null, details: { reason: 'credentials_invalid' } };
    expect(rows).toEqual([
      ...Array.from({ length: ATTEMPTS }, () => expect.objectContaining({ ...by(client, id), ...refused })),
      expect.objectContaining({ ...by(client, id), event: 'account_locked', actor: null, details: {} }),
    ]);
  });

  it('names that nobody has, alike, by a keyed hash', async () => {
    const { email } = service.newPerson(client);
    const rows = await recordedBy(async () => {
      for (let i = 0; i < ATTEMPTS + 3; i++) await client.logIn(email, `wrong password ${i}`);
    });
    const name = expect.stringMatching(/^[\w-]{43}$/);
    const refused = { event: 'login_refused', actor: null, details: { reason: 'credentials_invalid', name } };
    expect(rows).toEqual([
      ...Array.from({ length: ATTEMPTS }, () => expect.objectContaining({ ...by(client, null), ...refused })),
      expect.objectContaining({ ...by(client, null), event: 'account_locked', details: { name } }),
    ]);
    expect(new Set(rows.map(({ details }) => details['name'])).size).toBe(1);
    const told = JSON.stringify(rows.map(({ user_agent: _, ...row }) => row)).toLowerCase();
    expect(told).not.toContain(email.split('@')[0]?.toLowerCase());
  });

  it('the right password of a blocked account', async () => {
    const { id, person } = await registered(client);
    await administrationOf(service.running, id).block();
    const rows = await recordedBy(() => client.logIn(person.username, person.password));
    const details = { reason: 'account_blocked' };
    expect(rows).toEqual([
      expect.objectContaining({ event: 'login_refused', actor: null, ...by(client, id), details }),
    ]);
  });

  it('no refresh, and no use or check of a token', async () => {
    const { tokens } = await registered(client);
    const rows = await recordedBy(async () => {
      const { tokens: next } = await client.refresh(tokens);
      await client.use(next.access);
      await client.check(next.access);
      await client.check('no token');
    });
    expect(rows).toEqual([]);
  });

  it('a refresh token that was replaced and comes again', async () => {
    const { id, tokens } = await registered(client);
    await client.refresh(tokens);
    service.advance(MINUTE);
    const rows = await recordedBy(async () => {
      await client.refresh(tokens);
      await client.refresh(tokens);
    });
    const reused = { event: 'refresh_token_reused', actor: null, ...by(client, id, tokens), details: {} };
    expect(rows).toEqual(client.facts.rotates ? [expect.objectContaining(reused)] : []);
  });

  it('a change of the password, with the sessions that it ends', async () => {
    if (!offers(client, ['changePassword'])) return;
    const { id, person, tokens } = await registered(client);
    const other = await logIn(client, person);
    const wrong = await recordedBy(() => client.changePassword(tokens.access, 'not the password', NEXT));
    const actor = `user:${id}`;
    expect(wrong).toEqual([
      expect.objectContaining({ event: 'password_check_failed', actor, ...by(client, id) }),
    ]);
    const rows = await recordedBy(() => client.changePassword(tokens.access, person.password, NEXT));
    const [changed, ...ended] = rows;
    expect(changed).toMatchObject({
      event: 'password_changed',
      actor,
      ...by(client, id, tokens),
      details: { by: 'current_password' },
    });
    expect(ended.map(({ session_id }) => session_id)).toContain(claimsOf(other.access).sid);
    expect(ended.map(({ session_id }) => session_id)).not.toContain(claimsOf(tokens.access).sid);
    for (const row of ended)
      expect(row).toMatchObject({ event: 'session_ended', actor, details: { reason: 'password_changed' } });
  });

  it('a password that is set by a session', async () => {
    if (!offers(client, ['resetBySession'])) return;
    const { id, tokens } = await registered(client);
    const [changed] = await recordedBy(() => client.resetBySession(tokens.access, NEXT));
    expect(changed).toMatchObject({
      event: 'password_changed',
      actor: `user:${id}`,
      ...by(client, id, tokens),
      details: { by: 'session' },
    });
  });

  it('a reset: asked for, by whoever, and done', async () => {
    if (!offers(client, ['requestReset', 'confirmReset'])) return;
    const { id, person } = await registered(client);
    const nobody = service.newPerson(client);
    const asked = await recordedBy(async () => {
      await client.requestReset(person.email);
      await client.requestReset(nobody.email);
    });
    const event = 'password_reset_requested';
    expect(asked).toEqual([
      expect.objectContaining({ event, actor: null, ...by(client, id), details: {} }),
      expect.objectContaining({
        event,
        actor: null,
        ...by(client, null),
        details: { name: expect.any(String) },
      }),
    ]);
    const secret = await service.mailedSecret(person.email, 'Reset');
    const [changed, ...ended] = await recordedBy(async () => {
      await client.confirmReset(secret, NEXT);
      await client.confirmReset(secret, NEXT);
    });
    expect(changed).toMatchObject({
      event: 'password_changed',
      actor: `user:${id}`,
      ...by(client, id),
      details: { by: 'reset_link' },
    });
    expect(new Set(ended.map(({ details }) => details['reason']))).toEqual(new Set(['password_reset']));
  });

  it('the verification of an address, once', async () => {
    if (!offers(client, ['verifyEmail'])) return;
    const { id, person } = await registered(client);
    const proof = { ...(await service.mailedProof(person.email)), email: person.email };
    const rows = await recordedBy(async () => {
      await client.verifyEmail(proof);
      await client.verifyEmail(proof);
    });
    const details = { by: client.facts.verifiesBy };
    expect(rows).toEqual([
      expect.objectContaining({ event: 'email_verified', actor: `user:${id}`, ...by(client, id), details }),
    ]);
  });

  it("an administrator's end of somebody else's session, as the administrator's doing", async () => {
    if (!offers(client, ['endSession', 'endSessions'])) return;
    const { id, person, tokens } = await registered(client);
    const admin = await logIn(client, DEVELOPMENT_ADMIN);
    const one = await recordedBy(() => client.endSession(admin.access, claimsOf(tokens.access).sid));
    const actor = `user:${claimsOf(admin.access).uid}`;
    const ended = { event: 'session_ended', actor, details: { reason: 'revoked' } };
    expect(one).toEqual([expect.objectContaining({ ...ended, ...by(client, id, tokens) })]);
    const sessions = [await logIn(client, person), await logIn(client, person)];
    const all = await recordedBy(() => client.endSessions(admin.access, id));
    expect(all.map(({ session_id }) => session_id).sort()).toEqual(
      sessions.map(({ access }) => claimsOf(access).sid).sort(),
    );
    for (const row of all) expect(row).toMatchObject(ended);
  });

  it('as many logins as there were, however many came at once', async () => {
    const person = await service.registered(client);
    const rows = await recordedBy(() => Promise.all(Array.from({ length: 20 }, () => logIn(client, person))));
    expect(rows.map(({ event }) => event)).toEqual(Array.from({ length: 20 }, () => 'logged_in'));
    expect(new Set(rows.map(({ session_id }) => session_id)).size).toBe(20);
  });

  it('one end of a session that is ended many times at once', async () => {
    const { tokens } = await registered(client);
    const rows = await recordedBy(() =>
      Promise.all(Array.from({ length: 10 }, () => client.logOut(tokens.access))),
    );
    expect(rows.map(({ event }) => event)).toEqual(['session_ended']);
  });
});

it('the acts of the command line are recorded as its own, where they change something', async () => {
  const [client] = service.clients as readonly [ContractClient];
  const { id } = await registered(client);
  const on = administrationOf(service.running, id);
  const rows = await recordedBy(async () => {
    await on.setRole('ADMIN');
    await on.setRole('ADMIN');
    await on.rename('another-name');
    await on.block();
    await on.unblock();
  });
  expect(rows.map(({ event, actor, details }) => [event, actor, details])).toEqual([
    ['role_changed', 'command line', { role: 'ADMIN' }],
    ['username_changed', 'command line', {}],
    ['account_blocked', 'command line', {}],
    ...rows.filter(({ event }) => event === 'session_ended').map(() => expect.anything()),
    ['account_unblocked', 'command line', {}],
  ]);
  for (const { user_id } of rows) expect(user_id).toBe(String(id));
});

it('an act that cannot be recorded is not done, and a refusal stands', async () => {
  const [client] = service.clients as readonly [ContractClient];
  const { person, tokens } = await registered(client);
  const { database, log } = service.running;
  await database.query('ALTER TABLE audit_events RENAME TO away');
  try {
    expect((await client.logIn(person.username, person.password)).status).toBe(500);
    expect((await client.logOut(tokens.access)).status).toBe(500);
    expect((await client.logIn(person.username, 'not the password')).status).toBe(401);
  } finally {
    await database.query('ALTER TABLE away RENAME TO audit_events');
  }
  expect(log.filter((line) => line.includes('audit_event_lost'))).toHaveLength(1);
  expect((await client.check(tokens.access)).verdict).toBe('valid');
});

it('no event of all these holds a secret', async () => {
  const rows = await auditRows(service.running.database);
  expect(rows.length).toBeGreaterThan(100);
  const hashes = await service.running.database.query<{ hash: string }>(
    `SELECT password_hash AS hash FROM users UNION ALL SELECT encode(leaf, 'hex') FROM sessions
     UNION ALL SELECT encode(hash, 'hex') FROM one_time_secrets`,
  );
  for (const { hash } of hashes) collectSecret(hash);
  const secrets = secretsSoFar();
  expect(secrets.length).toBeGreaterThan(100);
  const lines = rows.map((row) => JSON.stringify(row));
  expect(scan(lines, secrets).leaks).toEqual([]);
  expect(scan([...lines, `{"details":{"name":"${secrets.at(-1)}"}}`], secrets).leaks).toHaveLength(1);
});
