import { generateKeyPairSync } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import { type Config, loadConfig } from '@gatehouse/config';
import { Clock, type SessionId, type UserId, type UserUuid } from '@gatehouse/kernel';
import { type AccessToken, AccessTokens, type NewAccessToken } from './access-tokens.service.js';
import type { Revocations } from './revocations.service.js';
import type { CurrentKey, SigningKeys } from './signing-keys.service.js';
import { TokenVerifier, type Verified } from './token-verifier.service.js';
import { VERIFIED_TOKENS_MOST, VerifiedTokens } from './verified-tokens.js';

const HOUR_MS = 3_600_000;

/** A clock that stands until the test moves it. */
class StandingClock extends Clock {
  readonly offsetMs = 0;
  at = Date.UTC(2026, 0, 1);

  override now(): number {
    return this.at;
  }
}

/** Keys that come and go, in the place of those that PostgreSQL holds. */
class Keys {
  readonly accepted = new Map<string, CurrentKey>();
  private signing: CurrentKey;

  add(kid: string): void {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.signing = { kid, algorithm: 'ES256', publicKey, privateKey, publicJwk: {} };
    this.accepted.set(kid, this.signing);
  }

  readonly current = (): CurrentKey => this.signing;
  readonly find = (kid: string): Promise<CurrentKey | undefined> => Promise.resolve(this.accepted.get(kid));
  readonly accepts = (key: CurrentKey): boolean => this.accepted.get(key.kid) === key;
}

/** Sessions that have ended. */
class Ended {
  readonly sessions = new Set<SessionId>();
  readonly hasEnded = (session: SessionId): Promise<boolean> => Promise.resolve(this.sessions.has(session));
  readonly isRevoked = this.hasEnded;
}

describe('tokens that were verified before', () => {
  let clock: StandingClock;
  let keys: Keys;
  let ended: Ended;
  let verifier: TokenVerifier;
  let tokens: AccessTokens;
  const jwt = new JwtService({});
  const config: Config = loadConfig({ GATEHOUSE_MODE: 'development' }, ['channel', 'jsend', 'snake']);

  beforeEach(() => {
    clock = new StandingClock();
    keys = new Keys();
    keys.add('first');
    ended = new Ended();
    verifier = new TokenVerifier(keys as unknown as SigningKeys, clock, config);
    tokens = new AccessTokens(
      verifier,
      ended as unknown as Revocations,
      keys as unknown as SigningKeys,
      jwt,
      config,
    );
  });

  let sessions = 0;
  const newToken = (changed: Partial<NewAccessToken> = {}): { token: string; session: SessionId } => {
    const session = `00000000-0000-4000-8000-${String(++sessions).padStart(12, '0')}` as SessionId;
    const { token } = tokens.issue({
      user: {
        id: 1 as UserId,
        uuid: '3f0b2d5e-8f1c-4a57-9b1e-0d5c1b7f9a11' as UserUuid,
        displayedName: 'Ada',
        role: 'USER',
      },
      sessionId: session,
      generation: 1,
      clientId: 'token',
      tokenId: 'a token',
      issuedAt: new Date(clock.now()),
      sessionExpiresAt: new Date(clock.now() + 24 * HOUR_MS),
      ...changed,
    });
    return { token, session };
  };
  /** A token that the next verification finds. */
  const knownToken = async (changed?: Partial<NewAccessToken>): ReturnType<typeof knownTokenOf> =>
    knownTokenOf(newToken(changed));
  const knownTokenOf = async (made: { token: string; session: SessionId }) => {
    const content = await tokens.verify(made.token);
    expect(await tokens.verify(made.token)).toBe(content);
    return { ...made, content };
  };
  /** What a verification finds, to be remembered under another name. */
  const verified = async (): Promise<Verified> => {
    const found = await verifier.verify(newToken().token, 'at+jwt');
    if (!found) throw new Error('the token of this test does not verify');
    return found;
  };
  const refusal = (verification: Promise<AccessToken>): Promise<unknown> =>
    verification.then(
      () => 'accepted',
      ({ code }: { code: unknown }) => code,
    );

  it('are found as the same frozen content', async () => {
    const { content, session } = await knownToken();
    expect(content).toMatchObject({ sessionId: session, username: 'Ada', role: 'USER' });
    expect(Object.isFrozen(content)).toBe(true);
    expect(() => Object.assign(content, { role: 'ADMIN' })).toThrow(TypeError);
  });

  it('are found by every one of their bytes', async () => {
    const { token } = await knownToken();
    const others = [...token].map(
      (byte, at) => token.slice(0, at) + (byte === 'A' ? 'B' : 'A') + token.slice(at + 1),
    );
    for (const other of [...others, `${token}A`, `A${token}`, token.slice(1), token.slice(0, -1)])
      expect(await refusal(tokens.verify(other))).toBe('access_token_invalid');
    expect(await refusal(tokens.verify(token))).toBe('accepted');
  });

  it('are refused from their expiry on, and a refresh still reads them', async () => {
    const { token, content } = await knownToken();
    clock.at = content.expiresAt.getTime() - 1;
    expect(await refusal(tokens.verify(token))).toBe('accepted');
    clock.at += 1;
    expect(await refusal(tokens.verify(token))).toBe('access_token_expired');
    expect(await tokens.verifyForRefresh(token)).toEqual(content);
    clock.at -= HOUR_MS / 2;
    expect(await tokens.verify(token)).toEqual(content);
  });

  it('are refused by a clock that stands before their issue, beyond the leeway', async () => {
    const { token } = await knownToken();
    clock.at -= 30_000;
    expect(await refusal(tokens.verify(token))).toBe('accepted');
    clock.at -= 1;
    expect(await refusal(tokens.verify(token))).toBe('access_token_invalid');
    expect(await refusal(tokens.verifyForRefresh(token))).toBe('access_token_invalid');
  });

  it('are refused when their session ends, by a refresh too, and found again by others', async () => {
    const [one, other] = [await knownToken(), await knownToken()];
    ended.sessions.add(one.session);
    for (let again = 0; again < 3; again++) {
      expect(await refusal(tokens.verify(one.token))).toBe('access_token_revoked');
      expect(await refusal(tokens.verifyForRefresh(one.token))).toBe('access_token_revoked');
      expect(await tokens.verify(other.token)).toBe(other.content);
    }
  });

  it('are refused when their key is gone, and when another one has its id', async () => {
    const { token } = await knownToken();
    keys.add('second');
    expect(await refusal(tokens.verify(token))).toBe('accepted');
    keys.accepted.delete('first');
    expect(await refusal(tokens.verify(token))).toBe('access_token_invalid');
    const later = await knownToken();
    keys.add('second');
    expect(await refusal(tokens.verify(later.token))).toBe('access_token_invalid');
    expect(await refusal(tokens.verifyForRefresh(later.token))).toBe('access_token_invalid');
  });

  it('are not found before their `nbf`, beyond the leeway', async () => {
    const known = new VerifiedTokens<{ readonly name: string }>(verifier);
    const { claims, key } = await verified();
    const nbf = claims.iat + 10;
    known.add('a token', { claims: { ...claims, nbf }, key }, { name: 'content' });
    clock.at = (nbf - 30) * 1000;
    expect(known.find('a token')).toEqual({ name: 'content' });
    clock.at -= 1;
    expect(known.find('a token')).toBeUndefined();
  });

  it('are no more than the bound, the least recently used leaving first', async () => {
    const known = new VerifiedTokens<{ readonly name: string }>(verifier, 3);
    const found = await verified();
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const name of names) {
      known.add(name, found, { name });
      known.find('b');
    }
    expect(names.filter((name) => known.find(name))).toEqual(['b', 'd', 'e']);
    expect(VERIFIED_TOKENS_MOST).toBe(20_000);
  });

  it('do not take each other’s place by the same ending', async () => {
    const known = new VerifiedTokens<{ readonly name: string }>(verifier, 3);
    const ending = 'x'.repeat(200);
    known.add(`a${ending}`, await verified(), { name: 'a' });
    expect(known.find(`b${ending}`)).toBeUndefined();
    expect(known.find(`a${ending}`)).toEqual({ name: 'a' });
  });
});
