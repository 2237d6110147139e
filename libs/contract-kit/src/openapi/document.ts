import type { INestApplication, Type } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { DocumentedAnswer } from './documented.js';
import { headerOf, HEADER_COMPONENTS, headersOf } from './headers.js';
import { bodyExample, parametersOf } from './operation-input.js';
import {
  type DocumentedErrors,
  mediaType,
  refusalResponses,
  unreadableResponses,
} from './refusal-responses.js';
import { type RouteFacts, routesOf, securityOf } from './route-facts.js';
import { SECURITY_SCHEMES } from './security-schemes.js';
import { shareResponses } from './shared-responses.js';
import type { Schemas } from './shapes.js';

type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Responses = OperationObject['responses'];

/** What one document is about: a contract, or the service's own endpoints. */
export interface DocumentedPart {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Below which its paths lie; empty for the service's own. */
  readonly prefix: string;
  readonly modules: readonly Type[];
  readonly tags: Readonly<Record<string, string>>;
  readonly errors: DocumentedErrors | undefined;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

type Item = Partial<Record<(typeof METHODS)[number], OperationObject>>;

/**
 * The part's OpenAPI 3.0 document. Paths, parameters and bodies are found by @nestjs/swagger, answers come from
 * `@Documented` and from the facts of each route. The same code gives the same document, byte for byte.
 */
export function documentOf(app: INestApplication, part: DocumentedPart, version: string): OpenAPIObject {
  const { title, description, errors } = part;
  const found = foundBySwagger(app, part, version);
  const facts = factsById(app, part.modules);
  const schemas: Schemas = { ...found.components?.schemas };
  const paths = pathsOf(found, part.prefix);
  const operations = Object.values(paths).flatMap((item) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      const route = facts.get(operation?.operationId ?? '');
      if (!operation || !route || !errors) return [];
      return [(item[method] = documented(operation, route, errors, schemas))];
    }),
  );
  return {
    ...found,
    info: { title, description, version, license: { name: 'UNLICENSED' } },
    paths,
    components: {
      ...found.components,
      schemas: sorted(schemas),
      ...(operations.length > 0 && {
        headers: HEADER_COMPONENTS,
        responses: sorted(shareResponses(paths)),
      }),
      securitySchemes: schemesOf(operations),
    },
  };
}

function foundBySwagger(
  app: INestApplication,
  { title, description, prefix, modules, tags }: DocumentedPart,
  version: string,
): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle(title)
    .setDescription(description)
    .setVersion(version)
    .setOpenAPIVersion('3.0.3')
    .addServer(prefix || '/');
  for (const [name, about] of Object.entries(tags)) builder.addTag(name, about);
  return SwaggerModule.createDocument(app, builder.build(), {
    include: [...modules] as never,
    operationIdFactory: (_controller, method) => method,
  });
}

const pathsOf = (found: OpenAPIObject, prefix: string): Record<string, Item> =>
  Object.fromEntries(
    Object.entries(found.paths).map(([path, item]) => [
      // a service that is only looked at (`preview`) has not heard of the prefixes
      path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path,
      { ...(item as Item) },
    ]),
  );

/** The security schemes that the operations name. */
function schemesOf(operations: readonly OperationObject[]) {
  const named = new Set(
    operations.flatMap(({ security = [] }) => security.flatMap((requirement) => Object.keys(requirement))),
  );
  return Object.fromEntries(Object.entries(SECURITY_SCHEMES).filter(([name]) => named.has(name)));
}

const sorted = <T>(object: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The documented routes of the modules, by operationId. Throws where two have the same. */
function factsById(app: INestApplication, modules: readonly Type[]): Map<string, RouteFacts> {
  // what @nestjs/swagger itself looks into
  const { container } = app as unknown as { container: { getModules(): ModulesContainer } };
  const controllers = [...container.getModules().values()]
    .filter(({ metatype }) => modules.includes(metatype))
    .flatMap((module) => [...module.controllers.values()].map(({ metatype }) => metatype as Type));
  const facts = new Map<string, RouteFacts>();
  for (const route of controllers.flatMap(routesOf)) {
    const { id } = route.operation;
    if (facts.has(id)) throw new Error(`two operations of one document have the id ${id}`);
    facts.set(id, route);
  }
  return facts;
}

function documented(
  found: OperationObject,
  route: RouteFacts,
  errors: DocumentedErrors,
  schemas: Schemas,
): OperationObject {
  const { operation, status } = route;
  const responses: [number, Responses[string]][] = [
    [status, answerOf(operation.answer, schemas)],
    ...Object.entries(operation.others ?? {}).map(([other, answer]): [number, Responses[string]] => [
      Number(other),
      answerOf(answer, schemas),
    ]),
    ...refusalResponses(route, errors, schemas),
    ...unreadableResponses(schemas),
  ] as never;
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    ...(operation.description && { description: operation.description }),
    security: securityOf(route),
    parameters: parametersOf(found.parameters ?? [], operation, schemas),
    ...(found.requestBody && { requestBody: bodyExample(found.requestBody, operation, schemas) }),
    responses: Object.fromEntries(responses.reduce(merged, new Map<number, Responses[string]>())),
  };
}

function answerOf(answer: DocumentedAnswer<unknown>, schemas: Schemas) {
  const { about, shape, contentType = 'application/json', example, headers = {}, otherwise = {} } = answer;
  const shown = example ? { ...(shape?.example as object), ...example } : shape?.example;
  const bodies = [
    ...(shape ? [[contentType, shape, shown] as const] : []),
    ...Object.entries(otherwise).map(([type, other]) => [type, other, other.example] as const),
  ].map(
    ([type, body, value]) => [mediaType(type), { schema: body.schema(schemas), example: value }] as const,
  );
  return {
    description: about,
    headers: {
      ...headersOf({}),
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, headerOf(value)])),
    },
    ...(bodies.length > 0 && { content: Object.fromEntries(bodies) }),
  };
}

interface Content {
  schema: object;
  example?: unknown;
  examples?: Record<string, object>;
}

/** A status that the handler answers and a refusal has too shows both bodies. */
function merged(
  byStatus: Map<number, Responses[string]>,
  [status, response]: [number, Responses[string]],
): Map<number, Responses[string]> {
  const before = byStatus.get(status) as { content?: Record<string, Content> } | undefined;
  const { content = {}, ...rest } = response as { content?: Record<string, Content> };
  for (const [type, { schema, ...examples }] of Object.entries(before?.content ?? {})) {
    const other = content[type];
    content[type] = other
      ? {
          schema: { oneOf: [schema, other.schema] },
          examples: { answer: { value: examples.example }, ...other.examples },
        }
      : { schema, ...examples };
  }
  byStatus.set(status, { ...rest, ...(Object.keys(content).length > 0 && { content }) } as Responses[string]);
  return byStatus;
}
