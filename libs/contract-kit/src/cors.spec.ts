import { corsRules } from './cors.js';

const ORIGINS = [
  'https://app.example.com',
  'http://localhost:*',
  'https://other.example:8443',
  'http://[::1]:*',
];

const allows = (origins: readonly string[], origin: string | undefined): boolean | undefined => {
  let answer: boolean | undefined;
  corsRules(origins).origin(origin, (_error, allowed) => (answer = allowed));
  return answer;
};

describe('which pages may call', () => {
  it.each([
    'https://app.example.com',
    'HTTPS://App.Example.COM',
    'https://other.example:8443',
    'http://localhost',
    'http://localhost:3000',
    'http://localhost:65535',
    'http://[::1]:5173',
  ])('%s does', (origin) => expect(allows(ORIGINS, origin)).toBe(true));

  it.each([
    undefined,
    '',
    'null',
    'http://app.example.com',
    'https://app.example.com:8443',
    'https://app.example.com.evil.example',
    'https://evil.example?https://app.example.com',
    'https://xapp.example.com',
    'https://sub.app.example.com',
    'https://other.example',
    'https://localhost:3000',
    'http://localhost:3000.evil.example',
    'http://localhost.evil.example:3000',
    'http://localhost:3000@evil.example',
    'http://evil.example:80:3000',
    'http://localhost:',
    'http://localhost:123456',
  ])('%s does not', (origin) => expect(allows(ORIGINS, origin)).toBe(false));

  it('none does where no origin is set', () => {
    for (const origin of [...ORIGINS, 'null', '*', undefined]) expect(allows([], origin)).toBe(false);
  });
});

describe('what they may send and read', () => {
  const rules = corsRules(ORIGINS);

  it('is every method and header that a contract documents, and every header that an answer has for them', () => {
    expect(rules.methods).toEqual(expect.arrayContaining(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']));
    const sendable = rules.allowedHeaders.map((name) => name.toLowerCase());
    for (const name of ['authorization', 'content-type', 'api-token', 'channel', 'refresh-token'])
      expect(sendable).toContain(name);
    const readable = rules.exposedHeaders.map((name) => name.toLowerCase());
    for (const name of ['link', 'retry-after', 'www-authenticate']) expect(readable).toContain(name);
  });

  it('is never a cookie', () => expect(rules.credentials).toBe(false));
});
