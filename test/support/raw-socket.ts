import { connect } from 'node:net';
import type { Answer } from './http.js';
import { type Asked, assertDocumented } from './truth/checked-services.js';
import type { Service } from './start-service.js';

/** How long a server may take to answer and hang up. */
const DEADLINE_MS = 10_000;

/**
 * Sends bytes that no HTTP client would, and reads until the server hangs up (`Connection: close` is the caller's to
 * ask for). Gives the answers in their order; the first must be what the service's documents say.
 */
export async function sendRaw({ url }: Service, bytes: string | Uint8Array): Promise<Answer[]> {
  const answers = await exchanged(url, bytes);
  const asked = firstRequest(Buffer.from(bytes).toString('latin1'));
  // where the second request begins only the server knows
  if (asked && answers[0]) assertDocumented(url, asked, answers[0]);
  return answers;
}

/** The head of the first request; undefined where it is none that could be read. */
function firstRequest(text: string): Asked | undefined {
  const [line = '', ...lines] = (text.split('\r\n\r\n')[0] as string).split('\r\n');
  const [, method, target] = /^([A-Z]+) (\S+) HTTP\/1\.[01]$/.exec(line) ?? [];
  if (method === undefined || target === undefined) return undefined;
  return { method, target, headers: headersIn(lines) };
}

function headersIn(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return headers;
}

function exchanged(url: string, bytes: string | Uint8Array): Promise<Answer[]> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    const late = setTimeout(
      () => socket.destroy(new Error(`no end after ${Buffer.concat(chunks).toString()}`)),
      DEADLINE_MS,
    );
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(late);
      // A server that hangs up before it has read everything resets the connection; its answer counts all the same.
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE')
        resolve(answersIn(Buffer.concat(chunks).toString()));
      else reject(error);
    });
    socket.on('end', () => {
      clearTimeout(late);
      socket.end();
      resolve(answersIn(Buffer.concat(chunks).toString()));
    });
  });
}

/** Answers with a Content-Length or none; the service sends no other. */
function answersIn(text: string): Answer[] {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return [];
  const [statusLine = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = headersIn(lines);
  const length = Number(headers['content-length'] ?? 0);
  const body = text.slice(end + 4, end + 4 + length);
  const status = Number(statusLine.split(' ')[1]);
  if (status === 100) return answersIn(text.slice(end + 4));
  return [{ status, headers, text: body, json: jsonOf(body) }, ...answersIn(text.slice(end + 4 + length))];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
