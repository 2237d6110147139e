import { camel, claimsOf } from '../support/race-client.js';
import { askChannel, channelUser } from '../support/channel-user.js';
import { jsendUrl } from '../support/jsend-session.js';
import { type Answer, bearer, send } from '../support/http.js';
import { accepted, freshName } from '../support/open-account.js';
import { type Service, startService } from '../support/start-service.js';
import { storedState } from '../support/stored-state.js';

const PASSWORD = 'correct horse battery';
const IMAGE = 'http://example.com/storage/123/profile_pic.jpg';

describe("snake's user", () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  const me = (token: string): Promise<Answer> =>
    send('GET', `${service.url}/snake/api/users/me`, { headers: bearer(token) });
  const patch = (token: string, body?: unknown): Promise<Answer> =>
    send('PATCH', `${service.url}/snake/api/users/me`, { headers: bearer(token), body });

  /** Registered through snake with these names, and logged in. */
  const snakeUser = async (names: object = { first_name: 'Alice', last_name: 'Doe' }) => {
    const username = freshName();
    const email = `${username}@example.com`;
    const account = { ...names, username, email, password: PASSWORD };
    accepted(await send('POST', `${service.url}/snake/api/auth/register`, { body: account }));
    const login = { body: { email, password: PASSWORD } };
    const { data } = accepted(await send('POST', `${service.url}/snake/api/auth/login`, login));
    return { username, email, token: data.access_token as string, user: data.user };
  };

  const userOf = async (token: string) => accepted(await me(token)).data.user;

  /** The names as each contract that has them shows them. */
  const shownTo = async (email: string, password: string, token: string) => {
    const { firstName, lastName, profileImage } = (await askChannel(service, 'login', { email, password }))
      .json.data.user;
    const jsend = await send('GET', jsendUrl(service, 'get_user'), { headers: bearer(token) });
    const { fullName, profileImage: link } = jsend.json.data.user;
    const snake = await userOf(token);
    return {
      channel: { firstName, lastName, profileImage },
      jsend: { fullName, profileImage: link },
      snake: [snake.first_name, snake.last_name, snake.full_name, snake.avatar_url],
    };
  };

  it('has no names after registration, whichever were sent', async () => {
    for (const names of [{ first_name: 'Alice', last_name: 'Doe' }, {}, { first_name: null }]) {
      const { username, email, token, user } = await snakeUser(names);
      const expected = {
        id: expect.stringMatching(/^[\da-f-]{36}$/),
        username,
        email,
        role: 'user',
        first_name: null,
        last_name: null,
        full_name: null,
        avatar_url: null,
        is_active: true,
        is_blocked: false,
      };
      expect(user).toEqual(expected);
      const answer = await me(token);
      expect(answer.status).toBe(200);
      expect(answer.json).toEqual({
        message: 'Ok',
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        status_code: 200,
        data: { user: expected },
      });
    }
  });

  it('gets names and an image, which login, profile and the answer itself show', async () => {
    const { email, token, user } = await snakeUser();
    const answer = await patch(token, { first_name: ' Alice ', last_name: 'Doe', avatar_url: IMAGE });
    const changed = {
      ...user,
      first_name: 'Alice',
      last_name: 'Doe',
      full_name: 'Alice Doe',
      avatar_url: IMAGE,
    };
    expect(answer).toMatchObject({ status: 200, json: { message: 'Updated', status_code: 200 } });
    expect(answer.json.data).toEqual({ user: changed });
    expect(await userOf(token)).toEqual(changed);
    const login = await send('POST', `${service.url}/snake/api/auth/login`, {
      body: { email, password: PASSWORD },
    });
    expect(login.json.data.user).toEqual(changed);
  });

  it.each([
    [{ first_name: 'Bea' }, ['Bea', 'Doe', 'Bea Doe', IMAGE]],
    [{ last_name: 'Roe' }, ['Alice', 'Roe', 'Alice Roe', IMAGE]],
    [{ first_name: null }, [null, 'Doe', 'Doe', IMAGE]],
    [{ last_name: null }, ['Alice', null, 'Alice', IMAGE]],
    [{ first_name: null, last_name: null }, [null, null, null, IMAGE]],
    [{ avatar_url: null }, ['Alice', 'Doe', 'Alice Doe', null]],
    [{}, ['Alice', 'Doe', 'Alice Doe', IMAGE]],
    [undefined, ['Alice', 'Doe', 'Alice Doe', IMAGE]],
    [
      { email: 'other@example.com', role: 'admin', username: 'x', id: '1' },
      ['Alice', 'Doe', 'Alice Doe', IMAGE],
    ],
  ])('PATCH %j changes what it names and nothing else', async (changes, expected) => {
    const { token, user } = await snakeUser();
    await patch(token, { first_name: 'Alice', last_name: 'Doe', avatar_url: IMAGE });
    expect((await patch(token, changes)).status).toBe(200);
    const { first_name, last_name, full_name, avatar_url, ...rest } = await userOf(token);
    expect([first_name, last_name, full_name, avatar_url]).toEqual(expected);
    expect(user).toMatchObject(rest);
  });

  it.each([
    [{ first_name: '' }],
    [{ first_name: '  ' }],
    [{ first_name: 'x'.repeat(101) }],
    [{ last_name: 7 }],
    [{ last_name: ['Doe'] }],
    [{ first_name: 'a\u0000b' }],
    [{ avatar_url: 'javascript:alert(1)' }],
    [{ avatar_url: 'data:image/png;base64,AAAA' }],
    [{ avatar_url: '/storage/1.jpg' }],
    [{ avatar_url: 'https://exa\nmple.com/a.jpg' }],
    [{ avatar_url: ' https://example.com/a.jpg' }],
    [{ avatar_url: `https://example.com/${'a'.repeat(2048)}` }],
    [{ first_name: 'Fine', avatar_url: 'nothing' }],
    [[]],
  ])('PATCH of a wrong value, number %#, is 400 and changes nothing', async (body) => {
    const { token } = await snakeUser();
    const before = await storedState(service.database);
    const answer = await patch(token, body);
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({
      message: expect.any(String),
      timestamp: expect.any(String),
      status_code: 400,
      data: null,
    });
    expect(await storedState(service.database)).toEqual(before);
  });

  it('is nobody without a valid Bearer token', async () => {
    for (const answer of [
      await send('GET', `${service.url}/snake/api/users/me`),
      await send('PATCH', `${service.url}/snake/api/users/me`, { body: { first_name: 'Eve' } }),
      await patch('nonsense', { first_name: 'Eve' }),
    ]) {
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    }
  });

  it('is its own by path at the root too, whatever the host and the headers say', async () => {
    const { token, username } = await snakeUser();
    for (const headers of [
      {},
      { host: 'localhost:8080' },
      { host: 'auth.example.com', 'api-token': 'dev-api-token', channel: 'web' },
    ]) {
      const answer = await send('GET', `${service.url}/api/users/me`, {
        headers: { ...bearer(token), ...headers },
      });
      expect(answer).toMatchObject({ status: 200, json: { data: { user: { username } } } });
    }
  });

  it('is shown and changed by a token of every other contract, and shown by them', async () => {
    const { email, password, token } = await channelUser(service);
    expect(await shownTo(email, password, token)).toEqual({
      channel: { firstName: 'Ada', lastName: 'Lovelace', profileImage: null },
      jsend: { fullName: 'Ada Lovelace', profileImage: '' },
      snake: ['Ada', 'Lovelace', 'Ada Lovelace', null],
    });
    const access = camel.tokensOf(await camel.login(service.url, email, password)).access;
    expect((await patch(access, { last_name: 'Byron', avatar_url: IMAGE })).status).toBe(200);
    expect(await shownTo(email, password, token)).toEqual({
      channel: {
        firstName: 'Ada',
        lastName: 'Byron',
        profileImage: { name: 'profile_pic.jpg', link: IMAGE },
      },
      jsend: { fullName: 'Ada Byron', profileImage: IMAGE },
      snake: ['Ada', 'Byron', 'Ada Byron', IMAGE],
    });
    expect(claimsOf(access).sid).not.toBe(claimsOf(token).sid);
  });

  it.each([
    ['test', 'test', null],
    ['Mary Ann Smith', 'Mary', 'Ann Smith'],
    ['  Mary  Ann ', 'Mary', ' Ann'],
    ['Ludwig van Beethoven', 'Ludwig', 'van Beethoven'],
    ['金 正', '金', '正'],
  ])(
    "jsend's full name %j is %j and %j everywhere, and reads as it was given",
    async (fullName, first, last) => {
      const email = `${freshName()}@example.com`;
      const body = { fullName, email, password: PASSWORD };
      const { data } = accepted(await send('POST', jsendUrl(service, 'register'), { body }));
      expect(await shownTo(email, PASSWORD, data.jwtToken)).toEqual({
        channel: { firstName: first, lastName: last, profileImage: null },
        jsend: { fullName: fullName.trim(), profileImage: '' },
        snake: [first, last, fullName.trim(), null],
      });
    },
  );

  it.each([
    ['https://example.com/a/b.png?size=2#top', 'b.png'],
    ['https://example.com/a/', 'a'],
    ['https://example.com', 'example.com'],
    ['https://example.com/%C3%A4%20b.png', '%C3%A4%20b.png'],
  ])('the image %s is named %s and linked as it was given', async (link, name) => {
    const { email, token } = await snakeUser();
    await patch(token, { avatar_url: link });
    expect((await shownTo(email, PASSWORD, token)).channel.profileImage).toEqual({ name, link });
  });

  it('is what a status says: active, blocked, or neither', async () => {
    const { email, token } = await channelUser(service);
    const states: unknown[] = [];
    for (const status of ['PENDING', 'ACTIVE', 'BLOCKED']) {
      await service.database.query('UPDATE users SET status = $2 WHERE email = $1', [email, status]);
      const { is_active, is_blocked } = await userOf(token);
      states.push([is_active, is_blocked]);
    }
    expect(states).toEqual([
      [false, false],
      [true, false],
      [false, true],
    ]);
  });
});
