import { STATUS_CODES } from 'node:http';
import type { ErrorCode } from '@gatehouse/kernel';
import type { ErrorAnswer, ErrorFormat, WireError } from './contract.js';
import { integer, list, record, type Shown, text } from './openapi/shapes.js';

const Fault = record('FieldFault', {
  field: text({ about: 'The refused field', example: 'username' }),
  reason: text({ about: 'Why', example: 'is missing' }),
});

export const Problem = record(
  'Problem',
  {
    type: text({ about: 'Always about:blank: the code tells more', example: 'about:blank' }),
    title: text({ about: "The status in HTTP's words", example: 'Bad Request' }),
    status: integer({ about: 'The status', example: 400, least: 400 }),
    detail: text({
      about: 'What was wrong and what to do, for people',
      example: 'Some fields were refused: errors says which and why',
    }),
    code: text({ about: 'What was wrong, for programs', example: 'validation_failed', pattern: '^[a-z_]+$' }),
  },
  { errors: list(Fault, 'The refused fields, in the order of the document') },
);

/** Problem details (RFC 9457) with the core's code and, where fields were refused, which and why. */
export const presentProblem = ({ code, status, message, fields }: ErrorAnswer): Shown<typeof Problem> => ({
  type: 'about:blank',
  title: STATUS_CODES[status] ?? 'Error',
  status,
  detail: message,
  code,
  ...(fields.length > 0 && { errors: fields.map(({ field, reason }) => ({ field, reason })) }),
});

const INTERNAL: WireError = [500, 'Something went wrong here; try again later'];

const TABLE: Partial<Record<ErrorCode, WireError>> = {
  request_malformed: [400, 'The request cannot be read'],
  validation_failed: [400, 'A field is missing or cannot be used; errors says which and why'],
  route_not_found: [404, 'There is nothing at this path; /swagger lists what there is'],
  method_not_allowed: [
    405,
    'This path does not answer to this method; the header Allow names those that it does',
  ],
  media_type_unsupported: [415, 'Send the body as application/json'],
  body_too_large: [413, 'The body is larger than 64 KiB'],
  headers_too_large: [431, 'The request headers are too large'],
  forbidden: [403, 'This is not allowed from here'],
  too_many_requests: [429, 'Too many requests: try again after the seconds that Retry-After names'],
  username_taken: [409, 'There is an account with this username already'],
  email_taken: [409, 'There is an account with this e-mail address already'],
  client_taken: [409, 'There is an application with this name or this secret already'],
  overloaded: [503, 'The service is busy; try again after the seconds that Retry-After names'],
  unavailable: [503, 'The service cannot answer now; try again after the seconds that Retry-After names'],
};

/** How the service answers on paths that belong to no contract. */
export const SERVICE_ERRORS: Pick<ErrorFormat, 'contentType' | 'headers' | 'present'> & {
  readonly shape: typeof Problem;
  of(code: ErrorCode): WireError;
} = {
  contentType: 'application/problem+json',
  present: presentProblem,
  shape: Problem,
  of: (code) => TABLE[code] ?? INTERNAL,
};
