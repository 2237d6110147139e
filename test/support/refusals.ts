import type { Answer } from './http.js';
import type { ContractId } from './open-account.js';

/** Whose words a refusal must be in; `none` is a path that belongs to no contract. */
export type Speaker = ContractId | 'none';

/** Words that only the inside of the service knows. */
export const INTERNALS =
  /fastify|\bnest|typeorm|postgres|node_modules|node:|\.[cm]?[jt]s\b|\bat \S+ \(|SELECT|INSERT|UPDATE|FST_|ECONN|SQLSTATE|"stack"|secure-json|class-validator|SyntaxError|TypeError|RangeError/i;

/** Milliseconds since the epoch: of any year since 2001, which no number of seconds is. */
const MILLISECONDS = {
  asymmetricMatch: (value: unknown): boolean => Number.isInteger(value) && (value as number) > 1e12,
};

const SOME_TEXT = expect.stringMatching(/\S/) as unknown;

/** The first refused field, and why. */
const firstOf = (fields: readonly string[] | undefined): unknown =>
  fields ? expect.stringMatching(new RegExp(`^${fields[0]} \\S`)) : SOME_TEXT;

type Format = (status: number, fields: readonly string[] | undefined) => object;

const problem: Format = (status, fields) => ({
  type: 'about:blank',
  title: SOME_TEXT,
  status,
  detail: SOME_TEXT,
  code: expect.stringMatching(/^[a-z_]+$/),
  ...(fields && { errors: fields.map((field) => ({ field, reason: SOME_TEXT })) }),
});

/** The whole body that each contract's document promises. */
const FORMATS: Record<Speaker, Format> = {
  none: problem,
  token: problem,
  camel: (status, fields) => ({
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    status,
    message: fields ? `Validation failed for field '${fields[0]}'` : SOME_TEXT,
  }),
  channel: (status, fields) => ({
    statusCode: status,
    message: SOME_TEXT,
    ...(fields && { errors: Object.fromEntries(fields.map((field) => [field, [SOME_TEXT]])) }),
  }),
  jsend: (_, fields) => ({ status: 'error', timestamp: MILLISECONDS, message: firstOf(fields) }),
  snake: (status, fields) => ({
    message: firstOf(fields),
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    status_code: status,
    data: null,
  }),
};

/**
 * Holds a refusal against the format of its contract: status, media type, exact keys, nothing internal.
 * @param fields the refused fields, in the documented order
 */
export function expectRefusal(
  answer: Answer,
  speaker: Speaker,
  status: number,
  fields?: readonly string[],
): void {
  expect({ status: answer.status, text: answer.text }).toEqual({ status, text: expect.any(String) });
  const type = FORMATS[speaker] === problem ? 'application\\/problem\\+json' : 'application\\/json';
  expect(answer.headers['content-type']).toMatch(new RegExp(`^${type}(; charset=utf-8)?$`));
  expect(`${answer.text} ${JSON.stringify(answer.headers)}`).not.toMatch(INTERNALS);
  expect(answer.headers).not.toHaveProperty('x-powered-by');
  expect(answer.json).toEqual(FORMATS[speaker](status, fields));
  if (speaker === 'channel' && fields) expect(Object.keys(answer.json.errors)).toEqual(fields);
}
