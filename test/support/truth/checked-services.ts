import type http from 'node:http';
import type { Answer } from '../http.js';

/** What was asked. */
export interface Asked {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  readonly headers: http.IncomingHttpHeaders;
}

/** Throws where the answer is not what the OpenAPI document of its operation says. */
export type Check = (asked: Asked, answer: Answer) => void;

const checks = new Map<string, Check>();

/** From now on each answer of the service at `origin` (`http://host:port`) is held against its documents. */
export const checkAnswersOf = (origin: string, check: Check): void => void checks.set(origin, check);

/** For a port that something else may get. */
export const stopChecking = (origin: string): void => void checks.delete(origin);

/** Throws where the answer comes from a checked service and is not as documented. */
export function assertDocumented(origin: string, asked: Asked, answer: Answer): void {
  checks.get(origin)?.(asked, answer);
}
