import http from 'node:http';
import { collectExchange } from './collected.js';
import { type Asked, assertDocumented } from './truth/checked-services.js';

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  /** The parsed body; undefined where it is no JSON. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read whatever the answer holds
  readonly json: any;
}

export interface Sent {
  readonly headers?: http.OutgoingHttpHeaders | readonly string[];
  /** Nothing where undefined; a string or bytes as they are; anything else as JSON. */
  readonly body?: unknown;
  /** Keeps connections for the next request; without one each request has a connection of its own. */
  readonly agent?: http.Agent;
}

/** Sends exactly these headers and bytes. What a service of the tests answers must be what its documents say. */
export function send(method: string, url: string, { headers = {}, body, agent }: Sent = {}): Promise<Answer> {
  const raw = typeof body === 'string' || body instanceof Uint8Array;
  const payload = body === undefined ? undefined : Buffer.from(raw ? body : JSON.stringify(body));
  const request = http.request(url, { method, agent: agent ?? false });
  const entries = Array.isArray(headers)
    ? (headers as string[]).flatMap((name, i, all) =>
        i % 2 === 0 ? [[name, all[i + 1] as string] as const] : [],
      )
    : Object.entries(headers as http.OutgoingHttpHeaders);
  // Node has set one already: a second would be sent beside it, and not be looked at
  if (entries.some(([name]) => name.toLowerCase() === 'host')) request.removeHeader('host');
  for (const [name, value] of entries) if (value !== undefined) request.appendHeader(name, value as string);
  if (payload) {
    request.setHeader('content-length', payload.length);
    if (!raw && !request.hasHeader('content-type')) request.setHeader('content-type', 'application/json');
  }
  const answered = new Promise<Answer>((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const { statusCode: status = 0, headers } = response;
        const answer = { status, headers, text, json: parsed(text) };
        // the passwords of a document's examples are everybody's
        if (!request.path.startsWith('/swagger')) collectExchange(entries, payload, answer);
        resolve(answer);
      });
    });
    request.end(payload);
  });
  return answered.then((answer) => {
    assertDocumented(new URL(url).origin, askedBy(request), answer);
    return answer;
  });
}

const askedBy = (request: http.ClientRequest): Asked => ({
  method: request.method,
  target: request.path,
  headers: request.getHeaders() as http.IncomingHttpHeaders,
});

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
