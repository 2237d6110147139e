import type { Shape } from './shapes.js';

/** Headers that several answers share, as components of each document. */
export const HEADER_COMPONENTS = {
  'X-Request-Id': {
    description:
      'Names the request in the log of the service; the one that was sent, where it was up to 64 harmless characters',
    required: true,
    schema: { type: 'string', pattern: '^[A-Za-z0-9._-]{1,64}$' },
    example: '7f4df1f3-6d2b-4b9e-8a57-2f5d6a0c9f11',
  },
  'Cache-Control': {
    description: 'Answers are not for caches, unless this says so',
    required: true,
    schema: { type: 'string' },
    example: 'no-store',
  },
} as const;

const OTHERS = {
  'WWW-Authenticate': {
    description: 'Which token is asked for and, where one was sent, what was wrong with it (RFC 6750)',
    schema: { type: 'string', pattern: '^Bearer' },
    example: 'Bearer error="invalid_token", error_description="The access token has expired"',
  },
  'Retry-After': {
    description: 'After how many seconds another try makes sense',
    schema: { type: 'integer', format: 'int32', minimum: 0, maximum: 86_400 },
    example: 2,
  },
} as const;

/**
 * The headers of an answer: those of every answer, and these others.
 * @param others whether each of them is always sent
 * @param routed whether the request was read as far as its path
 */
export const headersOf = (
  others: Partial<Record<keyof typeof OTHERS, boolean>>,
  routed = true,
): Record<string, object> => ({
  ...(routed && { 'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' } }),
  'Cache-Control': { $ref: '#/components/headers/Cache-Control' },
  ...Object.fromEntries(
    Object.entries(others).map(([name, required]) => [
      name,
      { ...OTHERS[name as keyof typeof OTHERS], required },
    ]),
  ),
});

/** A header that one answer alone has, from the shape of its value. */
export const headerOf = (shape: Shape): object => {
  const { description, example, ...schema } = shape.schema({}) as { description?: string; example?: unknown };
  return { ...(description && { description }), required: true, schema, example };
};
