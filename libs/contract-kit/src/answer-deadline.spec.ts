import { PassThrough } from 'node:stream';
import { Logger } from '@nestjs/common';
import Fastify, { type FastifyInstance, type InjectOptions, type LightMyRequestResponse } from 'fastify';
import { AuthError } from '@gatehouse/kernel';
import { installAnswerDeadline, reportLateError } from './answer-deadline.js';

/** What a handler waits for, in the test's hands. */
class Gate {
  readonly opened: Promise<void>;
  open: () => void = () => undefined;
  constructor() {
    this.opened = new Promise((resolve) => (this.open = resolve));
  }
}

describe('the answer deadline', () => {
  let fastify: FastifyInstance;
  let gate: Gate;
  let logged: Record<string, unknown>[];
  let refused: string[];

  beforeEach(() => {
    // The framework's own turns go on; only the time stands still.
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    logged = [];
    refused = [];
    const note =
      (level: string) =>
      (entry: unknown): void =>
        void logged.push({ level, ...(entry as object) });
    Logger.overrideLogger({ log: note('info'), warn: note('warn'), error: note('error') });
    gate = new Gate();
    fastify = Fastify({ genReqId: () => 'the-request' });
    installAnswerDeadline(fastify, (error, _request, reply) => {
      refused.push(error.code);
      void reply.code(503).header('Retry-After', String(error.retryAfter)).send({ code: error.code });
    });
    fastify.setErrorHandler((error, _request, reply) => reply.code(500).send({ code: String(error) }));
  });
  afterEach(async () => {
    gate.open();
    await fastify.close();
    jest.useRealTimers();
  });

  /** The answer so far: its status, or undefined where there is none yet. */
  function begin(sent: InjectOptions | string): {
    answer: Promise<LightMyRequestResponse>;
    status: () => Promise<number | undefined>;
  } {
    let answered: LightMyRequestResponse | undefined;
    const answer = fastify.inject(sent).then((response) => (answered = response));
    answer.catch(() => undefined);
    const status = async (): Promise<number | undefined> => {
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
      return answered?.statusCode;
    };
    return { answer, status };
  }

  it('refuses what is not answered within 4.5 s, and not before', async () => {
    fastify.get('/', () => gate.opened);
    const { answer, status } = begin('/');
    expect(await status()).toBeUndefined();
    jest.advanceTimersByTime(4_499);
    expect(await status()).toBeUndefined();
    jest.advanceTimersByTime(1);
    expect(await status()).toBe(503);
    expect(refused).toEqual(['unavailable']);
    const { headers, body } = await answer;
    expect(headers['retry-after']).toBe('2');
    expect(JSON.parse(body)).toEqual({ code: 'unavailable' });
  });

  it('leaves nothing running for what is answered in time', async () => {
    fastify.get('/', () => 'here it is');
    expect((await fastify.inject('/')).statusCode).toBe(200);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('swallows the answer that comes too late, and says so once', async () => {
    fastify.get('/slow/:what', async (_request, reply) => {
      await gate.opened;
      await reply.code(201).send('too late');
    });
    const { answer, status } = begin('/slow/secret');
    await status();
    jest.advanceTimersByTime(4_500);
    expect(await status()).toBe(503);
    expect(logged).toEqual([]);
    jest.advanceTimersByTime(2_000);
    gate.open();
    await status();
    expect((await answer).body).not.toContain('too late');
    expect(logged).toEqual([
      {
        level: 'warn',
        event: 'late_outcome',
        requestId: 'the-request',
        route: '/slow/:what',
        ms: 6_500,
        outcome: 'answered',
      },
    ]);
  });

  it.each<[string, unknown, object]>([
    ['a refusal', new AuthError('credentials_invalid'), { level: 'warn', outcome: 'credentials_invalid' }],
    [
      'a fault of ours',
      new TypeError('oops'),
      { level: 'error', outcome: 'internal', cause: expect.any(TypeError) },
    ],
    ['no error at all', undefined, { level: 'error', outcome: 'internal', cause: undefined }],
  ])('logs the error that comes too late, once: %s', async (_, error, entry) => {
    fastify.get('/', async (_request, reply) => {
      await gate.opened;
      reportLateError(error, reply);
      reportLateError(error, reply);
    });
    const { status } = begin('/');
    await status();
    jest.advanceTimersByTime(4_500);
    await status();
    gate.open();
    await status();
    expect(logged).toEqual([
      expect.objectContaining({ event: 'late_outcome', route: '/', ms: 4_500, ...entry }),
    ]);
  });

  it('says nothing of an error after an answer that was in time', async () => {
    fastify.get('/', async (_request, reply) => {
      await reply.send('in time');
      reportLateError(new Error('afterwards'), reply);
    });
    expect((await fastify.inject('/')).statusCode).toBe(200);
    expect(logged).toEqual([]);
  });

  it('does not count the time that a body takes to arrive', async () => {
    fastify.post('/', () => gate.opened);
    const body = new PassThrough();
    const headers = { 'content-type': 'application/json' };
    const { status } = begin({ method: 'POST', url: '/', headers, payload: body });
    body.write('{"half":');
    await status();
    jest.advanceTimersByTime(60_000);
    expect(await status()).toBeUndefined();
    body.end('true}');
    await status();
    jest.advanceTimersByTime(4_499);
    expect(await status()).toBeUndefined();
    jest.advanceTimersByTime(1);
    expect(await status()).toBe(503);
  });

  it('leaves an answer alone that has begun', async () => {
    const stream = new PassThrough();
    fastify.get('/', (_request, reply) => reply.send(stream));
    const { answer, status } = begin('/');
    stream.write('the beginning ');
    await status();
    jest.advanceTimersByTime(60_000);
    stream.end('and the end');
    expect(await answer).toMatchObject({ statusCode: 200, body: 'the beginning and the end' });
    expect(logged).toEqual([]);
  });

  it('answers nobody who has gone', async () => {
    const hangUp: (() => void)[] = [];
    fastify.get('/', (_request, reply) => {
      hangUp.push(() => reply.raw.destroy());
      return gate.opened;
    });
    const { answer, status } = begin('/');
    const gone = expect(answer).rejects.toThrow('destroyed');
    await status();
    hangUp[0]?.();
    await gone;
    jest.advanceTimersByTime(60_000);
    expect(refused).toEqual([]);
  });
});
