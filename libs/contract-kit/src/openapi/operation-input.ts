import type { OpenAPIObject } from '@nestjs/swagger';
import type { Operation } from './documented.js';
import type { Schemas } from './shapes.js';

type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Parameters = NonNullable<OperationObject['parameters']>;
type RequestBody = NonNullable<OperationObject['requestBody']>;

/** The parameters that were found, those of the path as the operation describes them, and its headers. */
export function parametersOf(
  found: Parameters,
  { parameters = {} }: Operation<unknown>,
  schemas: Schemas,
): Parameters {
  const own = Object.entries(parameters).map(([name, { in: place, shape }]) => {
    const { description, example, ...schema } = shape.schema(schemas) as {
      description?: string;
      example?: unknown;
    };
    return { name, in: place, required: true, ...(description && { description }), schema, example };
  });
  const named = new Set(own.map(({ name }) => name.toLowerCase()));
  // of headers, those alone that the operation names
  const others = found.filter(
    (parameter) => 'in' in parameter && parameter.in !== 'header' && !named.has(parameter.name.toLowerCase()),
  );
  return [...own, ...others] as Parameters;
}

interface Properties {
  readonly properties?: Readonly<Record<string, { readonly example?: unknown }>>;
}

/** The body with an example: the operation's, or that which the examples of its fields make. */
export function bodyExample(
  body: RequestBody,
  { request }: Operation<unknown>,
  schemas: Schemas,
): RequestBody {
  const { content } = body as { content: Record<string, { schema: { $ref?: string } }> };
  return {
    ...body,
    content: Object.fromEntries(
      Object.entries(content).map(([type, { schema }]) => {
        const name = schema.$ref?.split('/').at(-1) ?? '';
        const { properties = {} } = (schemas[name] ?? {}) as Properties;
        const examples = Object.entries(properties).map(([key, { example }]) => [key, example]);
        return [type, { schema, example: request ?? (Object.fromEntries(examples) as object) }];
      }),
    ),
  } as RequestBody;
}
