import { RequestMethod, type Type } from '@nestjs/common';
import type { ErrorCode } from '@gatehouse/kernel';
import { type Operation, operationOf } from './documented.js';
import { factsOfGuard, type GuardFacts } from './guard-facts.js';

/** What Nest's own decorators have noted on a handler. */
export interface RouteFacts {
  readonly operation: Operation<unknown>;
  readonly method: string;
  /** The status of its answer where it sets no other. */
  readonly status: number;
  readonly guards: readonly Type[];
  /** The DTO of its body. */
  readonly body: Type<object> | undefined;
  /** The DTO of its query. */
  readonly query: Type<object> | undefined;
  /** How many parameters its path has. */
  readonly pathParameters: number;
}

/** Nest's names for its own notes (`@nestjs/common/constants`), which it does not export to others. */
const NOTES = { guards: '__guards__', status: '__httpCode__', parameters: '__routeArguments__' };
const PARAMETER = { body: '3', query: '4', path: '5' };

/** The documented handlers of a controller. */
export function routesOf(controller: Type): RouteFacts[] {
  const prototype = controller.prototype as Record<string, unknown>;
  return Object.getOwnPropertyNames(prototype)
    .map((name) => [name, prototype[name]] as const)
    .filter((entry): entry is [string, object] => typeof entry[1] === 'function')
    .flatMap(([name, handler]) => {
      const operation = operationOf(handler);
      return operation ? [factsOf(controller, name, handler, operation)] : [];
    });
}

function factsOf(controller: Type, name: string, handler: object, operation: Operation<unknown>): RouteFacts {
  const method = RequestMethod[Reflect.getMetadata('method', handler) as number] as string;
  const guardsOf = (target: object): Type[] => (Reflect.getMetadata(NOTES.guards, target) ?? []) as Type[];
  const parameters = (Reflect.getMetadata(NOTES.parameters, controller, name) ?? {}) as Record<
    string,
    { index: number; data?: unknown }
  >;
  const types = (Reflect.getMetadata('design:paramtypes', controller.prototype as object, name) ??
    []) as Type<object>[];
  const of = (kind: string) => Object.entries(parameters).filter(([key]) => key.startsWith(`${kind}:`));
  // a single field of a query, taken by its name, is no DTO
  const typeOf = (kind: string) =>
    of(kind)
      .filter(([, { data }]) => data === undefined)
      .map(([, { index }]) => types[index])[0];
  return {
    operation,
    method,
    status: (Reflect.getMetadata(NOTES.status, handler) ?? (method === 'POST' ? 201 : 200)) as number,
    guards: [...guardsOf(controller), ...guardsOf(handler)],
    body: typeOf(PARAMETER.body),
    query: typeOf(PARAMETER.query),
    pathParameters: of(PARAMETER.path).length,
  };
}

const guardFacts = ({ guards }: RouteFacts): GuardFacts[] => guards.map(factsOfGuard);

/** What the route refuses: by its guards, for its body, query and path, in its handler, and like any route. */
export function refusalsOf(facts: RouteFacts): ErrorCode[] {
  const { operation, method, body, query, pathParameters } = facts;
  const reads = method !== 'GET';
  // two Authorization headers, and what is no URL, are refused as malformed too
  const authorized = guardFacts(facts).some(({ demands = [], takes = [] }) =>
    [...demands, ...takes].includes('Bearer'),
  );
  return [
    ...new Set<ErrorCode>([
      ...(reads || authorized || pathParameters > 0 ? (['request_malformed'] as const) : []),
      ...(body || query || pathParameters > 0 ? (['validation_failed'] as const) : []),
      ...guardFacts(facts).flatMap(({ refusals }) => refusals),
      ...(operation.refusals ?? []),
      ...(pathParameters > 0 ? (['route_not_found'] as const) : []),
      ...(reads ? (['body_too_large', 'media_type_unsupported'] as const) : []),
      'unavailable',
      'internal',
    ]),
  ];
}

/** What "Authorize" has to give the route: one object that holds all at once, and a second where one is optional. */
export function securityOf(facts: RouteFacts): Record<string, string[]>[] {
  const all = guardFacts(facts);
  const demanded = all.flatMap(({ demands = [] }) => demands);
  const taken = all.flatMap(({ takes = [] }) => takes);
  const requirement = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, []]));
  if (taken.length > 0) return [requirement([...demanded, ...taken]), requirement(demanded)];
  return demanded.length > 0 ? [requirement(demanded)] : [];
}
