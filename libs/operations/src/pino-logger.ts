import { types } from 'node:util';
import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';

/** What Nest tells of its own start, a hundred lines of it: for debugging alone. */
const FRAMEWORK = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

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

/** Nest's logger over pino: one JSON object a line, on standard output. */
export class PinoLogger implements LoggerService {
  readonly pino: Logger;

  constructor(level: string, destination?: DestinationStream) {
    const options = {
      level,
      base: undefined,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label: string) => ({ level: label }) },
      serializers: { cause: presentError, error: presentError },
    };
    this.pino = destination ? pino(options, destination) : pino(options);
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
  }
}
