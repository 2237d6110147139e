import { PassThrough } from 'node:stream';
import { answerUnreadable } from '../../apps/service/src/unreadable-request.js';
import type { Answer } from '../support/http.js';
import { sendRaw } from '../support/raw-socket.js';
import { expectRefusal, type Speaker } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';

const CLOSE = 'Host: x\r\nConnection: close\r\n';
const POST = `POST /api/v1/auth/login HTTP/1.1\r\n${CLOSE}`;

describe('bytes on the wire', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  it.each([
    ['a greeting', 'EHLO mail.example.com\r\n\r\n', 400],
    ['a TLS handshake', Buffer.from('160301020001000001fc0303000d0a0d0a', 'hex'), 400],
    ['zeros', Buffer.alloc(64), 400],
    ['a method that nobody knows', `BREW /health/live HTTP/1.1\r\n${CLOSE}\r\n`, 400],
    ['a target that is no path', `GET health/live HTTP/1.1\r\n${CLOSE}\r\n`, 400],
    ['another protocol', `GET /health/live SIP/2.0\r\n${CLOSE}\r\n`, 400],
    ['bare line feeds', `GET /health/live HTTP/1.1\nHost: x\n\n`, 400],
    ['a header without a colon', `GET /health/live HTTP/1.1\r\nfoo\r\n${CLOSE}\r\n`, 400],
    ['a blank before the colon', `GET /health/live HTTP/1.1\r\nfoo : bar\r\n${CLOSE}\r\n`, 400],
    ['U+0000 in a header', `GET /health/live HTTP/1.1\r\nfoo: a\0b\r\n${CLOSE}\r\n`, 400],
    ['headers of 17 KiB', `GET /health/live HTTP/1.1\r\n${CLOSE}X-Long: ${'x'.repeat(17_000)}\r\n\r\n`, 431],
    ['a path of 17 KiB', `GET /${'x'.repeat(17_000)} HTTP/1.1\r\n${CLOSE}\r\n`, 431],
    ['two lengths', `${POST}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x`, 400],
    [
      'a length and chunks (request smuggling)',
      `${POST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['a negative length', `${POST}Content-Length: -1\r\n\r\n`, 400],
    ['a length that is no number', `${POST}Content-Length: 1e3\r\n\r\n`, 400],
    ['a transfer coding that nobody knows', `${POST}Transfer-Encoding: gzip\r\n\r\n`, 400],
    ['a chunk without a size', `${POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, 400],
  ])('%s are refused in a format that can be read', async (_, bytes, status) => {
    const answers = await sendRaw(service, bytes);
    expect(answers).toHaveLength(1);
    expectRefusal(answers[0] as Answer, 'none', status);
    expect(answers[0]?.headers).toMatchObject({ connection: 'close', 'cache-control': 'no-store' });
  });

  it.each<[target: string, speaker: Speaker, status: number]>([
    ['http://x/token/v1/auth/token/fresh', 'token', 405],
    ['http://x/v1/auth/token/nothing', 'token', 404],
    ['http://localhost:8060/camel/api/v1/auth/login', 'camel', 405],
    ['HTTPS://user@x:1/api/v1/auth/nothing?x=/', 'camel', 404],
    ['http://x/channel/api/auth/login', 'channel', 405],
    ['http://x/api/auth/login', 'channel', 405],
    ['http://x/api/auth/get_user?x', 'jsend', 401],
    ['http://x/jsend/api/auth/nothing', 'jsend', 404],
    ['http://x/api/users/me', 'snake', 401],
    ['http://x/nothing', 'none', 404],
    ['http://x', 'none', 404],
    ['http://x?x=1', 'none', 404],
    ['*', 'none', 404],
  ])('GET %s is a request of its path', async (target, speaker, status) => {
    const [answer] = await sendRaw(service, `GET ${target} HTTP/1.1\r\n${CLOSE}\r\n`);
    expectRefusal(answer as Answer, speaker, status);
  });

  it.each([
    '/health/live',
    'http://x/health/live',
    'http://x/api/v1/auth/health',
    'http://x/camel/api/v1/auth/health?x',
  ])('GET %s is answered', async (target) => {
    expect(await sendRaw(service, `GET ${target} HTTP/1.1\r\n${CLOSE}\r\n`)).toMatchObject([{ status: 200 }]);
  });

  it('OPTIONS * is no path of ours', async () => {
    const [answer] = await sendRaw(service, `OPTIONS * HTTP/1.1\r\n${CLOSE}\r\n`);
    expectRefusal(answer as Answer, 'none', 404);
  });

  it('a request without Host is refused (RFC 9112 §3.2)', async () => {
    const [answer] = await sendRaw(service, 'GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect(answer?.status).toBe(400);
  });

  it('an expectation that nobody knows is ignored, a known one met', async () => {
    for (const expectation of ['200-ok', '100-continue']) {
      const head = `${POST}Content-Type: application/json\r\nExpect: ${expectation}\r\nContent-Length: 2\r\n\r\n{}`;
      const [answer] = await sendRaw(service, head);
      expectRefusal(answer as Answer, 'camel', 400, ['username']);
    }
  });

  it('a refused request leaves the next one on the connection alone', async () => {
    const next = 'GET /health/live HTTP/1.1\r\nHost: x\r\n';
    const bytes = [
      'POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\ntext',
      'POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}',
      `${next}Connection: close\r\n\r\n`,
    ].join('');
    const answers = await sendRaw(service, bytes);
    expect(answers.map(({ status }) => status)).toEqual([404, 400, 200]);
  });
});

describe('what Node reports of a connection', () => {
  const answerTo = async (code: string, inProgress?: { headersSent: boolean }): Promise<string> => {
    const socket = Object.assign(new PassThrough(), { _httpMessage: inProgress });
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    const closed = new Promise((resolve) => socket.on('close', resolve));
    answerUnreadable(Object.assign(new Error('internal detail'), { code }), socket);
    await closed;
    return Buffer.concat(chunks).toString();
  };

  it.each([
    ['ERR_HTTP_REQUEST_TIMEOUT', 408],
    ['HPE_CHUNK_EXTENSIONS_OVERFLOW', 413],
    ['HPE_HEADER_OVERFLOW', 431],
    ['HPE_ANYTHING_ELSE', 400],
  ])('%s is answered by %i', async (code, status) => {
    const text = await answerTo(code);
    expect(text).toMatch(
      new RegExp(`^HTTP/1\\.1 ${status} [A-Z][^\\r]+\\r\\nContent-Type: application/problem\\+json\\r\\n`),
    );
    const body = text.slice(text.indexOf('\r\n\r\n') + 4);
    expect(text).toContain(`Content-Length: ${Buffer.byteLength(body)}\r\n`);
    expect(JSON.parse(body)).toMatchObject({ status });
    expect(text).not.toContain('internal detail');
  });

  it('a reset connection, or one with an answer on its way, is only closed', async () => {
    expect(await answerTo('ECONNRESET')).toBe('');
    expect(await answerTo('HPE_INVALID_METHOD', { headersSent: true })).toBe('');
  });
});
