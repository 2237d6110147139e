const { fetch } = globalThis;
const AT_ONCE = 16;
const PASSWORD = 'correct horse battery';
const CONTRACT = '/token/v1/auth/token';

/** Opens sessions of one new account. Gives their access tokens. */
export async function openSessions(url, username, count) {
  const account = { username, password: PASSWORD };
  const registered = await call(url, 'POST', 'register', {
    body: { ...account, email: `${username}@example.com`, password_confirm: PASSWORD },
  });
  if (registered.status !== 201) throw new Error(`register answered ${registered.status}`);
  return inParallel(Array.from({ length: count }), async () => {
    const { status, body } = await call(url, 'POST', 'fresh', { body: account });
    if (status !== 200) throw new Error(`fresh answered ${status}`);
    return body.access_token;
  });
}

/** Ends the sessions of these access tokens. */
export const revokeAll = (url, tokens) =>
  inParallel(tokens, async (token) => {
    const { status } = await call(url, 'PUT', 'revoke', { token });
    if (status !== 200) throw new Error(`revoke answered ${status}`);
  });

/** What each token's validation answers. */
export const verifyAll = (url, tokens) =>
  inParallel(tokens, (token) => call(url, 'PUT', 'verify', { token }));

async function call(url, method, what, { token, body }) {
  const headers = {
    ...(token && { authorization: `Bearer ${token}` }),
    ...(body && { 'content-type': 'application/json' }),
  };
  const answer = await fetch(`${url}${CONTRACT}/${what}`, { method, headers, body: JSON.stringify(body) });
  return { status: answer.status, body: await answer.json() };
}

async function inParallel(items, work) {
  const results = [];
  const left = [...items.entries()];
  const worker = async () => {
    for (let next = left.shift(); next; next = left.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}
