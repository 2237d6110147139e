import type { Answer } from './http.js';

/** Whose words a refusal must be in; `none` is a path that belongs to no contract. */
export type Speaker = 'token' | 'camel' | 'none';

/** Words that only the inside of the service knows. */
const INTERNALS =
  /fastify|\bnest|typeorm|postgres|node_modules|node:|\.[cm]?[jt]s\b|\bat \S+ \(|SELECT|INSERT|UPDATE|FST_|ECONN|SQLSTATE|"stack"|secure-json|class-validator|SyntaxError|TypeError|RangeError/i;

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
  expect(answer.headers['content-type']).toMatch(
    speaker === 'camel'
      ? /^application\/json(; charset=utf-8)?$/
      : /^application\/problem\+json(; charset=utf-8)?$/,
  );
  expect(`${answer.text} ${JSON.stringify(answer.headers)}`).not.toMatch(INTERNALS);
  expect(answer.headers).not.toHaveProperty('x-powered-by');
  if (speaker === 'camel') expectCamel(answer, status, fields);
  else expectProblem(answer, status, fields);
}

function expectCamel({ json }: Answer, status: number, fields?: readonly string[]): void {
  expect(json).toEqual({
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    status,
    message: fields ? `Validation failed for field '${fields[0]}'` : expect.stringMatching(/\S/),
  });
}

function expectProblem({ json }: Answer, status: number, fields?: readonly string[]): void {
  expect(json).toEqual({
    type: 'about:blank',
    title: expect.stringMatching(/\S/),
    status,
    detail: expect.stringMatching(/\S/),
    code: expect.stringMatching(/^[a-z_]+$/),
    ...(fields && { errors: fields.map((field) => ({ field, reason: expect.stringMatching(/\S/) })) }),
  });
}
