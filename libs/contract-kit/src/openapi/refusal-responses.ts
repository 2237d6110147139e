import 'reflect-metadata';
import { STATUS_CODES } from 'node:http';
import type { Type } from '@nestjs/common';
import type { ErrorCode, FieldFault } from '@gatehouse/kernel';
import type { ErrorFormat, WireError } from '../contract.js';
import { challengeOf } from '../error-answer.js';
import { presentProblem, Problem } from '../service-errors.js';
import { faultsIn } from '../valid-body.js';
import { headersOf } from './headers.js';
import { refusalsOf, type RouteFacts } from './route-facts.js';
import type { Schemas, Shape } from './shapes.js';

/** How refusals are documented: the contract's error format, and the schema of its bodies. */
export type DocumentedErrors = Pick<ErrorFormat, 'contentType' | 'present'> & {
  readonly shape: Shape;
  readonly of: (code: ErrorCode) => WireError;
};

const RETRY_AFTER: ReadonlySet<ErrorCode> = new Set([
  'account_locked',
  'too_many_requests',
  'overloaded',
  'unavailable',
]);

/** The refusals of a route by status, each with an example for each code: what is really sent, but for the time. */
export function refusalResponses(facts: RouteFacts, errors: DocumentedErrors, schemas: Schemas) {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of refusalsOf(facts)) {
    const [status] = errors.of(code);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return [...byStatus].map(
    ([status, codes]) => [status, responseOf(status, codes, facts, errors, schemas)] as const,
  );
}

function responseOf(
  status: number,
  codes: readonly ErrorCode[],
  facts: RouteFacts,
  errors: DocumentedErrors,
  schemas: Schemas,
) {
  const challenged = codes.filter((code) => challengeOf(code) !== undefined).length;
  const delayed = codes.filter((code) => RETRY_AFTER.has(code)).length;
  return {
    description: codes.length === 1 ? errors.of(codes[0] as ErrorCode)[1] : (STATUS_CODES[status] as string),
    headers: headersOf({
      ...(challenged > 0 && { 'WWW-Authenticate': challenged === codes.length }),
      ...(delayed > 0 && { 'Retry-After': delayed === codes.length }),
    }),
    content: {
      [mediaType(errors.contentType)]: {
        schema: errors.shape.schema(schemas),
        examples: Object.fromEntries(codes.map((code) => [code, { value: example(code, facts, errors) }])),
      },
    },
  };
}

/** A content type without its parameters. */
export const mediaType = (contentType: string): string => contentType.split(';')[0] as string;

function example(code: ErrorCode, facts: RouteFacts, errors: DocumentedErrors): object {
  const [status, message] = errors.of(code);
  return steady(
    errors.present({ code, status, message, fields: fieldsOf(code, facts) }) as object,
    errors.shape,
  );
}

/** The object with its shape's example for each member that is another one each time. */
function steady(object: object, { members = {}, example }: Shape): object {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [
      key,
      members[key]?.changing ? (example as Record<string, unknown>)[key] : (value as unknown),
    ]),
  );
}

/** One of the reasons of the users room. */
const COMMON = 'is one of the most common passwords: choose another one';

function fieldsOf(code: ErrorCode, { body, query, operation }: RouteFacts): readonly FieldFault[] {
  if (code === 'password_refused') return [{ field: newPasswordOf(body), reason: COMMON }];
  if (code !== 'validation_failed') return [];
  if (body) return faultsOfNothing(body);
  if (query) return faultsOfAll(query, '?').slice(0, 1);
  const [[field, parameter] = []] = Object.entries(operation.parameters ?? {});
  return field ? [{ field, reason: parameter?.refusal ?? 'is not valid' }] : [];
}

interface PropertyNotes {
  readonly format?: string;
  readonly minLength?: number;
}

const propertiesOf = (dto: Type<object>): string[] =>
  ((Reflect.getMetadata('swagger/apiModelPropertiesArray', dto.prototype as object) ?? []) as string[]).map(
    (name) => name.slice(1),
  );

/** What a body without fields is refused for, or, where it would not be, one whose fields are all numbers. */
function faultsOfNothing(dto: Type<object>): readonly FieldFault[] {
  const faults = faultsIn(dto, {});
  return faults.length > 0 ? faults : faultsOfAll(dto, 0);
}

const faultsOfAll = (dto: Type<object>, value: unknown): readonly FieldFault[] =>
  faultsIn(dto, Object.fromEntries(propertiesOf(dto).map((name) => [name, value])));

/** The field of a password that is being chosen: it alone says how short it may be. */
function newPasswordOf(dto: Type<object> | undefined): string {
  const chosen =
    dto &&
    propertiesOf(dto).find((name) => {
      const notes = Reflect.getMetadata(
        'swagger/apiModelProperties',
        dto.prototype as object,
        name,
      ) as PropertyNotes;
      return notes.format === 'password' && notes.minLength !== undefined;
    });
  return chosen ?? 'password';
}

const UNREADABLE: readonly WireError[] = [
  [408, 'The request did not arrive in time'],
  [431, 'The request headers are larger than 16 KiB'],
];

/** What is refused before a path is known, by whatever contract it belongs to: in the service's own format. */
export const unreadableResponses = (schemas: Schemas) =>
  UNREADABLE.map(([status, message]) => {
    const code = status === 431 ? 'headers_too_large' : 'request_malformed';
    return [
      status,
      {
        description: message,
        headers: headersOf({}, false),
        content: {
          'application/problem+json': {
            schema: Problem.schema(schemas),
            example: presentProblem({ code, status, message, fields: [] }),
          },
        },
      },
    ] as const;
  });
