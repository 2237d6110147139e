import type { Dialect, Effect } from './dialect.js';
import type { Tokens } from './tokens.js';

/** After this an answer that others wait for is not waited for any longer. The service itself gives up long before. */
const LIMIT_MS = 30_000;

/** One contract of one running service, as the session sees it. */
export class Server {
  /** The contract's own root, without a slash at its end. */
  readonly base: string;
  readonly #root: URL;

  constructor(
    readonly dialect: Dialect,
    baseUrl: string,
    private readonly headers: Readonly<Record<string, string>>,
    readonly send: (request: Request) => Promise<Response>,
  ) {
    const { location } = globalThis as unknown as { location?: { readonly href: string } };
    this.#root = new URL(`${baseUrl.replace(/\/+$/, '')}/${dialect.contract}`, location?.href);
    this.base = this.#root.href;
  }

  get origin(): string {
    return this.#root.origin;
  }

  has(request: Request): boolean {
    return request.url.startsWith(`${this.base}/`);
  }

  /** What a request does to the session; undefined for one that only uses it. */
  effectOf(request: Request): Effect | undefined {
    if (!this.has(request)) return undefined;
    const path = new URL(request.url).pathname.slice(this.#root.pathname.length);
    return this.dialect.effects[`${request.method} ${path}`];
  }

  /** Whether an answer refuses the token that the request was sent with, so that another one may help (RFC 6750 §3.1). */
  refusesToken(answer: Response, request: Request): boolean {
    if (answer.status !== 401) return false;
    const challenge = answer.headers.get('WWW-Authenticate');
    // another service may keep that header from the page; this one never does
    return challenge === null ? !this.has(request) : challenge.includes('invalid_token');
  }

  /** Asks for new tokens. Gives undefined where these cannot be refreshed. */
  refresh(tokens: Tokens): Promise<Response> | undefined {
    const presented = this.dialect.refreshing(tokens);
    if (!presented) return undefined;
    const { headers, body } = presented;
    const [method, path] = this.#renewal.split(' ') as [string, string];
    const request = new Request(this.base + path, {
      method,
      headers: {
        ...this.headers,
        ...headers,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return this.sendInTime(request);
  }

  /** For a request that others wait for: one that is never answered must not hold them up for good. */
  sendInTime(request: Request): Promise<Response> {
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(LIMIT_MS)]);
    return this.send(new Request(request, { signal }));
  }

  /** The tokens in an answer, whose body can be read afterwards all the same. */
  async tokensIn(answer: Response): Promise<Tokens | undefined> {
    return this.dialect.tokensIn(await bodyOf(answer));
  }

  /** Whether an answer to a refresh says that the session is over, rather than that it could not be asked. */
  async saysOver(answer: Response): Promise<boolean> {
    if (answer.status !== 401 && answer.status !== 403) return false;
    return !this.dialect.refusesApplication?.(await bodyOf(answer));
  }

  get #renewal(): string {
    return Object.entries(this.dialect.effects).find(([, effect]) => effect === 'renews')?.[0] ?? '';
  }
}

const bodyOf = (answer: Response): Promise<unknown> =>
  answer
    .clone()
    .json()
    .catch(() => undefined);
