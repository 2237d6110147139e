import type { OutgoingHttpHeaders } from 'node:http';
import { type Answer, bearer, send } from '../../support/http.js';
import type { Outcome, Tokens } from './contract-client.js';

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
    const base = this.addressing === 'prefix' ? `${this.server()}/${this.id}` : this.server();
    return send(method, `${base}${path}`, sent);
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

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
