import type { OutgoingHttpHeaders } from 'node:http';
import { type Answer, bearer, send } from '../../support/http.js';
import type { Outcome, Tokens, Verdict } from './contract-client.js';

/** How a contract's paths are addressed: below its own prefix, or at the root where the service has to recognise it. */
export type Addressing = 'prefix' | 'root';

export interface Call {
  readonly access?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: unknown;
}

/** What the clients share: an address, and how an answer becomes an outcome. */
export abstract class DocumentClient {
  abstract readonly id: string;
  /** The host of the document's own base URL, where at the root nothing else tells the contract. */
  protected readonly host: string | undefined = undefined;
  /** What the document has every request carry. */
  protected readonly everywhere: OutgoingHttpHeaders = {};

  /** @param server where the service listens; asked at each call, since it starts after the scenarios are listed */
  constructor(
    private readonly server: () => string,
    private readonly addressing: Addressing,
  ) {}

  request(
    method: string,
    path: string,
    sent: { headers?: OutgoingHttpHeaders; body?: unknown } = {},
  ): Promise<Answer> {
    const root = this.addressing === 'root';
    const host = root && this.host !== undefined ? { host: this.host } : {};
    const headers = { ...host, ...this.everywhere, ...sent.headers };
    return send(method, `${this.server()}${root ? '' : `/${this.id}`}${path}`, { ...sent, headers });
  }

  /** The tokens of an answer's body, in this document's spelling. */
  protected abstract tokensOf(body: Record<string, unknown>): Partial<Record<keyof Tokens, unknown>>;

  protected async call(method: string, path: string, { access, headers, body }: Call = {}): Promise<Outcome> {
    const authorization = access === undefined ? {} : bearer(access);
    const answer = await this.request(method, path, { headers: { ...headers, ...authorization }, body });
    const { access: given, refresh } = this.tokensOf((answer.json ?? {}) as Record<string, unknown>);
    const tokens = { access: text(given), refresh: text(refresh) };
    return { status: answer.status, headers: answer.headers, body: answer.json, tokens };
  }
}

/**
 * The verdict of a call that takes an access token and is then answered with `used`. RFC 6750 §3.1 has one error code
 * for all refusals; the description tells them apart.
 */
export function verdictOf({ status, headers, body }: Outcome, used: number): Verdict {
  if (status === used) return 'valid';
  if (status !== 401) throw new Error(`a call to try a token answered ${status}: ${JSON.stringify(body)}`);
  const challenge = headers['www-authenticate'] ?? '';
  if (challenge.includes('expired')) return 'expired';
  return challenge.includes('revoked') ? 'revoked' : 'invalid';
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
