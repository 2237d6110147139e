// A test of a front end, or of any program that logs people in, against a running Gatehouse in development mode:
//
//   npm start                                              # in one terminal
//   node --test docs/examples/integration.test.mjs         # in another
//
// It needs Node.js alone, waits for nothing, and may be run as often as you like. It begins with POST /dev/reset, which
// removes every account of that service: point it at one that is there for tests.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

const BASE = process.env.GATEHOUSE_URL ?? 'http://localhost:8060';

/** Sends JSON and gives the status and what came back. */
async function call(method, path, { token, headers = {}, body } = {}) {
  const response = await fetch(BASE + path, {
    method,
    headers: {
      Accept: 'application/json',
      ...(body && { 'Content-Type': 'application/json' }),
      ...(token && { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** An endpoint of the contract `channel`, whose clients name their application and channel with every request. */
const channel = (path, options) =>
  call('POST', `/channel/api/auth/${path}`, {
    ...options,
    headers: { 'Api-Token': 'dev-api-token', channel: 'web' },
  });

/** What was mailed last to an address: the link, its token, and the code are read out of the text for you. */
async function newestMail(to) {
  const { body } = await call('GET', `/dev/mailbox?to=${encodeURIComponent(to)}`);
  return body[0];
}

/** Whatever lives so long expires now. */
const advanceClock = (advance) => call('POST', '/dev/clock', { body: { advance } });

/** A token of any contract is verified through any other; `token` says whose it is. */
const verify = (token) => call('PUT', '/token/v1/auth/token/verify', { token });

const email = 'mary@example.com';

describe('an account from its registration to its last logout', () => {
  let token;

  before(async () => {
    assert.equal((await call('POST', '/dev/reset')).status, 204);
  });

  it('registers', async () => {
    const { status, body } = await channel('register', {
      body: {
        firstName: 'Mary',
        lastName: 'Smith',
        email,
        password: 'the first password',
        passwordConfirmation: 'the first password',
      },
    });
    assert.equal(status, 201);
    assert.equal(body.data.user.status, 'PENDING');
    token = body.data.token;
  });

  it('verifies its address by the code that was mailed', async () => {
    const { code } = await newestMail(email);
    const { status, body } = await channel('verify-email', { token, body: { verificationCode: code } });
    assert.equal(status, 200);
    assert.equal(body.data.user.status, 'ACTIVE');
  });

  it('refreshes its token once that has expired', async () => {
    assert.equal((await verify(token)).status, 200);
    await advanceClock('61m');
    assert.equal((await verify(token)).status, 401);
    const { status, body } = await channel('refresh-token', { token });
    assert.equal(status, 200);
    token = body.data.token;
    assert.equal((await verify(token)).status, 200);
  });

  it('resets a forgotten password by the link that was mailed, which ends its sessions', async () => {
    assert.equal((await channel('forgot-password', { body: { email } })).status, 200);
    const mail = await newestMail(email);
    const password = 'the second password';
    const reset = await channel('reset-password', {
      body: { token: mail.token, password, passwordConfirmation: password },
    });
    assert.equal(reset.status, 200);
    assert.equal((await verify(token)).status, 401);
    assert.equal((await channel('login', { body: { email, password: 'the first password' } })).status, 401);
    const login = await channel('login', { body: { email, password } });
    assert.equal(login.status, 200);
    token = login.body.data.token;
  });

  it('lists its sessions and ends the others', async () => {
    const other = (await channel('login', { body: { email, password: 'the second password' } })).body.data
      .token;
    const { user_id: id, session_id: current } = (await verify(token)).body;
    const path = `/token/v1/sessions/users/${id}`;
    const listed = await call('GET', `${path}?active=true`, { token });
    assert.equal(listed.body.total, 2);
    assert.equal(listed.body.data.find((session) => session.current).id, current);

    assert.equal((await call('DELETE', `${path}?except_current=true`, { token })).status, 204);
    assert.equal((await verify(other)).status, 401);
    assert.equal((await verify(token)).status, 200);
  });

  it('logs out', async () => {
    assert.equal((await channel('logout', { token })).status, 200);
    assert.equal((await verify(token)).status, 401);
  });

  it('logs in again in a hundred days', async () => {
    await advanceClock('100d');
    const login = await channel('login', { body: { email, password: 'the second password' } });
    assert.equal(login.status, 200);
  });
});

describe('an account that an administrator has blocked', () => {
  it('is told so at its login', async () => {
    const account = { email: 'blocked@example.com', password: 'some password', status: 'BLOCKED' };
    assert.equal((await call('POST', '/dev/users', { body: account })).status, 201);
    const { status, body } = await channel('login', { body: account });
    assert.equal(status, 403);
    assert.match(body.message, /blocked/);
  });
});
