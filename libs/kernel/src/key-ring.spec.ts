import { KeyRing, SealedWithUnknownKey } from './key-ring.js';

const OLD = 'an old secret which is long enough for it';
const NEW = 'a new secret which is long enough as well';

describe('KeyRing', () => {
  const ring = new KeyRing([OLD]);

  it.each(['', 'a link', 'ünïcödé \u{1f511}', 'x'.repeat(10_000)])('opens what it sealed: %#', (text) => {
    expect(ring.open('outbox', ring.seal('outbox', text))).toBe(text);
  });

  it('seals the same text differently each time, and shows nothing of it', () => {
    const [one, two] = [ring.seal('outbox', 'the same text'), ring.seal('outbox', 'the same text')];
    expect(one).not.toBe(two);
    expect(Buffer.from(one.split('.')[1] ?? '', 'base64url').toString('latin1')).not.toContain(
      'the same text',
    );
  });

  it('does not open with another secret, and says that the key is unknown', () => {
    expect(() => new KeyRing([NEW]).open('outbox', ring.seal('outbox', 'text'))).toThrow(
      SealedWithUnknownKey,
    );
  });

  it('does not open for another purpose', () => {
    expect(() => ring.open('signing-keys', ring.seal('outbox', 'text'))).toThrow();
  });

  it.each(['', 'text'])('does not open %j where any byte was changed, or the end cut off', (text) => {
    const [id, body] = ring.seal('outbox', text).split('.') as [string, string];
    const bytes = Buffer.from(body, 'base64url');
    for (let place = 0; place < bytes.length; place++) {
      const changed = Buffer.from(bytes);
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect(() => ring.open('outbox', `${id}.${changed.toString('base64url')}`)).toThrow();
    }
    // Node itself takes a shortened tag for a good one.
    for (let length = 0; length < bytes.length; length++) {
      expect(() => ring.open('outbox', `${id}.${bytes.subarray(0, length).toString('base64url')}`)).toThrow();
    }
  });

  it.each(['', '.', 'no dot', '.AAAA'])('does not open %j', (sealed) => {
    expect(() => ring.open('outbox', sealed)).toThrow(SealedWithUnknownKey);
  });

  describe('rotated', () => {
    const both = new KeyRing([NEW, OLD]);

    it('still opens what the older secret sealed', () => {
      expect(both.open('outbox', ring.seal('outbox', 'text'))).toBe('text');
    });

    it('seals with the first secret alone', () => {
      const sealed = both.seal('outbox', 'text');
      expect(new KeyRing([NEW]).open('outbox', sealed)).toBe('text');
      expect(() => ring.open('outbox', sealed)).toThrow(SealedWithUnknownKey);
    });

    it('keys with the first secret and recognises what each one keyed', () => {
      const [now, before] = both.hmacs('one-time-secrets', 'a link');
      expect(both.hmac('one-time-secrets', 'a link')).toEqual(now);
      expect(now).toEqual(new KeyRing([NEW]).hmac('one-time-secrets', 'a link'));
      expect(before).toEqual(ring.hmac('one-time-secrets', 'a link'));
      expect(now).not.toEqual(before);
    });
  });

  it('keys each purpose and each text differently, always in the same way', () => {
    const hmacs = [
      ring.hmac('one-time-secrets', 'a'),
      ring.hmac('one-time-secrets', 'b'),
      ring.hmac('login-identifiers', 'a'),
      ring.hmac('api-tokens', 'a'),
    ];
    expect(new Set(hmacs.map((each) => each.toString('hex'))).size).toBe(hmacs.length);
    expect(new KeyRing([OLD]).hmac('one-time-secrets', Buffer.from('a'))).toEqual(hmacs[0]);
    expect(hmacs[0]).toHaveLength(32);
  });
});
