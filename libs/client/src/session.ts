import { bearer, type Effect } from './dialect.js';
import { exclusively, isNoted, leaveNote, pause } from './exclusively.js';
import { Listeners } from './listeners.js';
import type { Server } from './server.js';
import { accountOf, type Tokens, type TokenStore } from './tokens.js';

/** How long what another tab has written may take to get here, and how often to look. */
const ARRIVAL_MS = 2_000;
const LOOK_MS = 20;

/**
 * Why nobody is logged in any more: by a logout here (`logged_out`); because the service refuses to renew the tokens
 * (`refused`); because another tab or holder of the store has logged out (`elsewhere`), or has logged somebody else in
 * (`replaced`).
 */
export type LoggedOutReason = 'logged_out' | 'refused' | 'elsewhere' | 'replaced';

/** The service could not be asked for new tokens; the old ones are kept. `response` says why, and `Retry-After` when. */
export class RefreshFailed extends Error {
  constructor(readonly response: Response) {
    super(`The tokens could not be refreshed now: the service answered ${response.status}`);
    this.name = 'RefreshFailed';
  }
}

/** New tokens; an answer that they could not be asked for with; or nothing, where the session is over. */
type Renewal = Tokens | Response | undefined;

/**
 * A user's session in a front end: keeps its tokens, sends them along, and renews them when the service refuses them. All
 * that writes to the store takes turns, across tabs too.
 */
export class Session {
  readonly #loggedOut = new Listeners<[LoggedOutReason]>();
  readonly #unsubscribe: (() => void) | undefined;
  readonly #origins: ReadonlySet<string>;
  readonly #lock: string | undefined;
  #renewing: Promise<Renewal> | undefined;
  /** Whose tokens were in the store when it was last looked into. */
  #account: string | undefined;
  /** Odd while we write: what is read meanwhile tells nothing about others. */
  #writes = 0;

  constructor(
    private readonly server: Server,
    private readonly store: TokenStore,
    apis: readonly string[],
  ) {
    this.#origins = new Set([server.origin, ...apis.map((api) => new URL(api).origin)]);
    this.#lock = store.isPrivate ? undefined : ['gatehouse', server.base, store.name ?? ''].join(' ').trim();
    const look = () => void this.tokens().catch(() => undefined);
    this.#unsubscribe = store.subscribe?.(look);
    // so that a logout elsewhere is noticed by a page that has called nothing yet
    look();
  }

  /** Calls `listener` once for each time that the user has been logged out. Gives what ends that. */
  onLoggedOut(listener: (reason: LoggedOutReason) => void): () => void {
    return this.#loggedOut.add(listener);
  }

  /** The tokens as they are now, by whatever tab they were renewed; undefined where nobody is logged in. */
  async tokens(): Promise<Tokens | undefined> {
    const before = this.#writes;
    const tokens = (await this.store.load()) ?? undefined;
    if (before === this.#writes && before % 2 === 0) this.#notice(tokens);
    return tokens;
  }

  /**
   * Renews the tokens now, which calls do by themselves when it is due. False where the session is over.
   * Throws RefreshFailed, or what `fetch` throws, where the service could not be asked.
   */
  async refresh(): Promise<boolean> {
    const tokens = await this.tokens();
    const renewal = tokens && (await this.#renewed(tokens));
    if (renewal instanceof Response) throw new RefreshFailed(renewal);
    return renewal !== undefined;
  }

  /** Forgets the tokens without a word to the service, whose session lives on. To log out, call the logout operation. */
  clear(): Promise<void> {
    return this.#exclusively(async () => {
      if (await this.tokens()) await this.#forget('logged_out');
    });
  }

  /** Stops listening to the store. */
  close(): void {
    this.#unsubscribe?.();
  }

  /**
   * As the global `fetch`, with the access token. Where that is refused, it is renewed once for all calls, and this one
   * is made once more; where it cannot be renewed now, the call fails as the renewal did.
   * Throws TypeError for an origin that is neither the service's nor one of `apis`: tokens are not for strangers.
   */
  readonly fetch = async (input: Request | URL | string, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const { origin } = new URL(request.url);
    if (!this.#origins.has(origin))
      throw new TypeError(`${origin} is not among the origins that may be sent tokens: name it in apis`);
    if (request.headers.has('Authorization')) return this.server.send(request);
    return this.#call(request, this.server.effectOf(request));
  };

  async #call(request: Request, effect: Effect | undefined): Promise<Response> {
    const again = request.clone();
    const [answer, tokens] = await this.#takingTurns(effect, () => this.#attempt(request, effect));
    if (!tokens || effect === 'renews' || !this.server.refusesToken(answer, request)) return answer;
    const renewal = await this.#renewed(tokens);
    if (renewal === undefined) return answer;
    await answer.body?.cancel();
    if (renewal instanceof Response) return renewal;
    const [second] = await this.#takingTurns(effect, () => this.#attempt(again, effect, renewal));
    return second;
  }

  /** Sends a request and keeps what its answer changes. Gives the tokens that it was sent with, too. */
  async #attempt(
    request: Request,
    effect: Effect | undefined,
    renewed?: Tokens,
  ): Promise<[Response, Tokens | undefined]> {
    const tokens = effect === 'opens' ? undefined : (renewed ?? (await this.tokens()));
    for (const [name, value] of Object.entries(tokens ? bearer(tokens) : {}))
      request.headers.set(name, value);
    const answer = await (effect ? this.server.sendInTime(request) : this.server.send(request));
    if (effect && answer.ok) await this.#keep(effect, answer);
    return [answer, tokens];
  }

  async #keep(effect: Effect, answer: Response): Promise<void> {
    if (effect === 'ends') return this.#forget('logged_out');
    const tokens = await this.server.tokensIn(answer);
    if (tokens) await this.#save(tokens);
  }

  /** Tokens instead of refused ones: one request for all calls of this page that were refused, and one for all tabs. */
  async #renewed(refused: Tokens): Promise<Renewal> {
    this.#renewing ??= this.#exclusively(() => this.#renew(refused)).finally(() => {
      this.#renewing = undefined;
    });
    const renewal = await this.#renewing;
    // each caller reads its own body
    return renewal instanceof Response ? renewal.clone() : renewal;
  }

  async #renew(refused: Tokens): Promise<Renewal> {
    await this.#arrived(refused);
    const moved = await this.#movedFrom(refused);
    if (moved) return moved.to;
    const answer = await this.server.refresh(refused);
    // without Web Locks another tab may have been here meanwhile; what it kept holds
    const movedMeanwhile = await this.#movedFrom(refused);
    if (movedMeanwhile) return movedMeanwhile.to;
    if (answer?.ok) {
      const tokens = await this.server.tokensIn(answer);
      if (!tokens) throw new TypeError('The answer to the refresh holds no tokens');
      await this.#save(tokens);
      return tokens;
    }
    if (answer && !(await this.server.saysOver(answer))) return answer;
    await this.#forget('refused');
    return undefined;
  }

  /** What took the place of these tokens in the store, where something did: only the same person's may stand in. */
  async #movedFrom(refused: Tokens): Promise<{ to: Tokens | undefined } | undefined> {
    const now = await this.tokens();
    if (now?.accessToken === refused.accessToken) return undefined;
    return { to: now && accountOf(now) === accountOf(refused) ? now : undefined };
  }

  async #save(tokens: Tokens): Promise<void> {
    await this.#write(() => this.store.save(tokens), accountOf(tokens));
  }

  /** Where another tab says that it has replaced these tokens, waits until the store shows that here too. */
  async #arrived(refused: Tokens): Promise<void> {
    const note = this.#noteOf(refused);
    if (note === undefined || !(await isNoted(note))) return;
    for (let waited = 0; waited < ARRIVAL_MS; waited += LOOK_MS) {
      if ((await this.tokens())?.accessToken !== refused.accessToken) return;
      await pause(LOOK_MS);
    }
  }

  /** What says that these tokens have been replaced: the end of a signature is no secret, and no two tokens share it. */
  #noteOf({ accessToken }: Tokens): string | undefined {
    return this.#lock === undefined ? undefined : `${this.#lock} replaced ${accessToken.slice(-24)}`;
  }

  async #forget(reason: LoggedOutReason): Promise<void> {
    await this.#write(() => this.store.clear(), undefined);
    this.#loggedOut.tell(reason);
  }

  async #write(write: () => void | Promise<void>, account: string | undefined): Promise<void> {
    this.#writes++;
    try {
      const before = await this.store.load();
      await write();
      const note = before && this.#noteOf(before);
      if (note) await leaveNote(note);
      this.#account = account;
    } finally {
      this.#writes++;
    }
  }

  #notice(tokens: Tokens | undefined): void {
    const [before, now] = [this.#account, tokens && accountOf(tokens)];
    this.#account = now;
    if (before !== undefined && before !== now)
      this.#loggedOut.tell(now === undefined ? 'elsewhere' : 'replaced');
  }

  /** What changes the tokens waits for its turn, so that no renewal presents tokens that are just being replaced. */
  #takingTurns<T>(effect: Effect | undefined, work: () => Promise<T>): Promise<T> {
    return effect ? this.#exclusively(work) : work();
  }

  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    return exclusively(this.store, this.#lock, work);
  }
}
