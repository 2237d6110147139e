import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { presentProblem } from '@gatehouse/contract-kit';
import type { ErrorCode } from '@gatehouse/kernel';

type Refusal = readonly [status: number, code: ErrorCode, message: string];

const MALFORMED: Refusal = [400, 'request_malformed', 'This is no request in HTTP/1.1'];

/** What Node's parser complains of, by its error codes. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: [431, 'headers_too_large', 'The request headers are larger than 16 KiB'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'body_too_large', 'The chunk extensions of the body are too large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'request_malformed', 'The request did not arrive in time'],
};

/**
 * Answers what Node could not read as HTTP, in the format of the paths that belong to no contract (which path was
 * meant is not known), and hangs up. Stays silent where another answer is already on its way on this connection.
 */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  // The answer in progress, as Node's own handler of these errors looks it up.
  const { _httpMessage: answer } = socket as { _httpMessage?: { headersSent: boolean } };
  if (!socket.writable || error.code === 'ECONNRESET' || answer?.headersSent) {
    socket.destroy();
    return;
  }
  const [status, code, message] = REFUSALS[error.code ?? ''] ?? MALFORMED;
  const body = JSON.stringify(presentProblem({ code, status, message, fields: [] }));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
