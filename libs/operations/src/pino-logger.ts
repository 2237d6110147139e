import { types } from 'node:util';
import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';
import { BlockOutput } from './block-output.js';

/** What Nest tells of its own start, a hundred lines of it: for debugging alone. */
const FRAMEWORK = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** A fatal line is written at once by pino itself. */
const URGENT: ReadonlySet<string> = new Set(['warn', 'error']);

/** Of what drivers attach to their errors, what names things and holds no values. */
const SAFE = ['code', 'table', 'constraint'] as const;

/** An error without what TypeORM and pg attach to it: a statement's parameters and a row's values are people's data. */
function presentError(error: unknown): unknown {
  if (!types.isNativeError(error)) return error;
  const attached = error as Error & Record<(typeof SAFE)[number] | 'errors', unknown>;
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...Object.fromEntries(
      SAFE.filter((name) => typeof attached[name] === 'string').map((name) => [name, attached[name]]),
    ),
    ...(error.cause !== undefined && { cause: presentError(error.cause) }),
    ...(Array.isArray(attached.errors) && { errors: attached.errors.map(presentError) }),
  };
}

/** Nest's logger over pino: one JSON object a line, on standard output unless another destination is given. */
export class PinoLogger implements LoggerService {
  private readonly pino: Logger;
  private readonly timestamp = newTimestamp();

  /** @param output where the lines go; its `flush`, if it has one, is called behind lines that must not wait */
  constructor(
    level: string,
    private readonly output: DestinationStream & { flush?(): void } = new BlockOutput(
      pino.destination({ fd: 1, sync: false }),
    ),
  ) {
    const options = {
      level,
      base: undefined,
      timestamp: this.timestamp,
      formatters: { level: (label: string) => ({ level: label }) },
      serializers: { cause: presentError, error: presentError },
    };
    this.pino = pino(options, output);
  }

  /**
   * An info line whose members are spelled already, in the form of all others: for the line of each request, which takes
   * pino 2 µs more.
   * @param members what stands between the braces of a JSON object
   */
  spelled(members: string): void {
    if (this.pino.isLevelEnabled('info'))
      this.output.write(`{"level":"info"${this.timestamp()},${members}}\n`);
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.write(FRAMEWORK.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest passes the context last, and a stack before it. */
  private write(
    level: 'info' | 'error' | 'warn' | 'debug' | 'fatal',
    message: unknown,
    rest: unknown[],
  ): void {
    const context = rest.at(-1);
    const stack = rest.length > 1 ? rest[0] : undefined;
    const from = { context, ...(stack !== undefined && { stack }) };
    if (message instanceof Error) this.pino[level]({ ...from, error: message }, message.message);
    else if (typeof message === 'object' && message !== null) this.pino[level]({ ...from, ...message });
    else this.pino[level](from, String(message));
    if (URGENT.has(level)) this.output.flush?.();
  }
}

/** The member `time`, to the millisecond. Many lines share one, and to spell it takes almost as long as all the rest. */
function newTimestamp(): () => string {
  let [spelled, text] = [0, ''];
  return () => {
    const now = Date.now();
    if (now !== spelled) [spelled, text] = [now, `,"time":"${new Date(now).toISOString()}"`];
    return text;
  };
}
