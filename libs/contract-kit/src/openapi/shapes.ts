import type { OpenAPIObject } from '@nestjs/swagger';

type Components = NonNullable<OpenAPIObject['components']>;
export type Schemas = NonNullable<Components['schemas']>;
export type Schema = Schemas[string];

/**
 * One spelling of a part of an answer: its schema for the OpenAPI document, an example, and its TypeScript type, which
 * holds the presenter that writes it to the same keys.
 */
export interface Shape<T = unknown> {
  /** What the document shows; also the carrier of the type. */
  readonly example: T;
  /** The schema; those with a name are put into `schemas`, once, and referred to. */
  schema(schemas: Schemas): Schema;
  /** Another value each time (a timestamp): examples of refusals show this shape's instead. */
  readonly changing?: boolean;
  /** The members of an object, by name. */
  readonly members?: Readonly<Record<string, Shape>>;
}

/** The type of what a shape describes. */
export type Shown<S> = S extends Shape<infer T> ? T : never;

interface About<T> {
  readonly about?: string;
  readonly example: T;
}

const described = (about: string | undefined): { description?: string } =>
  about ? { description: about } : {};

/** Text. */
export const text = ({
  about,
  example,
  changing = false,
  ...limits
}: About<string> & {
  readonly changing?: boolean;
  readonly format?: string;
  readonly pattern?: string;
  readonly maxLength?: number;
}): Shape<string> => ({
  example,
  changing,
  schema: () => ({ type: 'string', ...described(about), ...limits, example }),
});

/** A moment as ISO 8601 in UTC, with the digits of its example. */
export const moment = (about: string, example: string): Shape<string> => ({
  example,
  changing: true,
  schema: () => ({
    type: 'string',
    description: about,
    pattern: `^${example.replaceAll('.', '\\.').replaceAll(/\d/g, '\\d')}$`,
    example,
  }),
});

export const uuid = (about: string, example: string): Shape<string> =>
  text({ about, example, format: 'uuid' });

/** A whole number that JavaScript holds exactly. */
export const integer = ({
  about,
  example,
  least = 0,
  changing = false,
}: About<number> & { readonly least?: number; readonly changing?: boolean }): Shape<number> => ({
  example,
  changing,
  schema: () => ({
    type: 'integer',
    format: 'int64',
    minimum: least,
    maximum: Number.MAX_SAFE_INTEGER,
    ...described(about),
    example,
  }),
});

export const flag = (about: string, example: boolean): Shape<boolean> => ({
  example,
  schema: () => ({ type: 'boolean', description: about, example }),
});

/** One of a few texts; the first is the example. */
export const oneOf = <const V extends readonly [string, ...string[]]>(
  values: V,
  about?: string,
): Shape<V[number]> => ({
  example: values[0],
  schema: () => ({ type: 'string', ...described(about), enum: [...values], example: values[0] }),
});

/** A boolean or a number that is always the same. */
export const always = <const V extends boolean | number>(value: V): Shape<V> => ({
  example: value,
  schema: () => ({
    ...(typeof value === 'number'
      ? { type: 'integer', format: 'int32', minimum: value, maximum: value }
      : { type: 'boolean' }),
    enum: [value],
    example: value,
  }),
});

/** Null, always: OpenAPI 3.0 has no type for it. */
export const nothing: Shape<null> = {
  example: null,
  schema: () => ({ type: 'object', nullable: true, enum: [null], example: null }),
};

/** The shape, or null. It is written out where it stands: OpenAPI 3.0 has no reference that may be null. */
export function nullable<T, E extends T | null>(shape: Shape<T>, example: E): Shape<T | null>;
export function nullable<T>(shape: Shape<T>): Shape<T | null>;
export function nullable<T>(shape: Shape<T>, ...[example = shape.example]: [(T | null)?]): Shape<T | null> {
  return {
    example,
    schema: (schemas) => {
      const schema = shape.members ? objectSchema(shape.members, [], schemas) : shape.schema(schemas);
      // an enum that leaves null out would refuse it
      const allowed = 'enum' in schema && schema.enum ? { enum: [...(schema.enum as unknown[]), null] } : {};
      return { ...schema, ...allowed, nullable: true, example };
    },
  };
}

export const list = <T>(shape: Shape<T>, about?: string): Shape<readonly T[]> => ({
  example: [shape.example],
  schema: (schemas) => ({ type: 'array', ...described(about), items: shape.schema(schemas) }),
});

/** An object whose keys are not known beforehand. */
export const mapOf = <T>(
  shape: Shape<T>,
  about: string,
  example: Record<string, T>,
): Shape<Record<string, T>> => ({
  example,
  schema: (schemas) => ({
    type: 'object',
    description: about,
    additionalProperties: shape.schema(schemas),
    example,
  }),
});

/** The shape of what a handler gives as text already: the framework serialises no media type but JSON's own. */
export const serialised = (shape: Shape): Shape<string> => shape as Shape<never>;

type Members = Readonly<Record<string, Shape>>;
type ShownMembers<M extends Members> = { -readonly [K in keyof M]: Shown<M[K]> };

/**
 * An object with exactly these keys.
 * @param name the name of its schema in the document
 * @param optional keys that are sent in some answers alone
 */
export function record<M extends Members, O extends Members = Record<never, Shape>>(
  name: string,
  members: M,
  optional?: O,
): Shape<ShownMembers<M> & Partial<ShownMembers<O>>> {
  const all: Members = { ...members, ...optional };
  const example = Object.fromEntries(Object.entries(members).map(([key, shape]) => [key, shape.example]));
  return {
    example: example as ShownMembers<M> & Partial<ShownMembers<O>>,
    members: all,
    schema: (schemas) => {
      schemas[name] ??= objectSchema(all, Object.keys(optional ?? {}), schemas);
      return { $ref: `#/components/schemas/${name}` };
    },
  };
}

function objectSchema(members: Members, optional: readonly string[], schemas: Schemas): Schema {
  return {
    type: 'object',
    required: Object.keys(members).filter((key) => !optional.includes(key)),
    properties: Object.fromEntries(
      Object.entries(members).map(([key, shape]) => [key, shape.schema(schemas)]),
    ),
    additionalProperties: false,
  };
}
