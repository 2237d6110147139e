import { ApiOperation } from '@nestjs/swagger';
import type { ErrorCode } from '@gatehouse/kernel';
import type { Shape } from './shapes.js';

/** A header or a path's parameter that the operation takes. */
export interface DocumentedParameter {
  readonly in: 'path' | 'header';
  readonly shape: Shape;
  /** Why one that is not valid is refused. */
  readonly refusal?: string;
}

/** An answer that is no refusal. */
export interface DocumentedAnswer<T> {
  readonly about: string;
  /** Nothing where it has no body. */
  readonly shape?: Shape<T>;
  /** Where JSON is not what it sends. */
  readonly contentType?: string;
  /** What it sends instead to a client that does not accept JSON, by media type. */
  readonly otherwise?: Readonly<Record<string, Shape>>;
  /** Members of the body that read otherwise than the shape's example. */
  readonly example?: Partial<T>;
  /** Sent beside those of every answer: name → value. */
  readonly headers?: Readonly<Record<string, Shape>>;
}

/** One operation as the contract's OpenAPI document shows it, as far as the route itself does not tell. */
export interface Operation<T> {
  /** Stable: clients are generated with it as the name of a function. */
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** The example of the request's body, where the examples of its fields do not make it. */
  readonly request?: object;
  readonly parameters?: Readonly<Record<string, DocumentedParameter>>;
  readonly answer: DocumentedAnswer<T>;
  /** Answers of the handler with another status. */
  readonly others?: Readonly<Record<number, DocumentedAnswer<T>>>;
  /** What it refuses beside that which its guards, its body and the service refuse on every such route. */
  readonly refusals?: readonly ErrorCode[];
}

const OPERATION = 'gatehouse:operation';

interface Handler<T> {
  readonly value?: (...parameters: never[]) => T | Promise<T>;
}

/** Documents a handler. What the handler answers must be of the shape that the operation shows. */
export const Documented =
  <T>(operation: Operation<T>) =>
  (target: object, key: string, descriptor: Handler<T>): void => {
    Reflect.defineMetadata(OPERATION, operation, descriptor.value as object);
    // by its id the document finds it again
    ApiOperation({ operationId: operation.id })(target, key, descriptor as PropertyDescriptor);
  };

/** What `@Documented` has noted on a handler. */
export const operationOf = (handler: object): Operation<unknown> | undefined =>
  Reflect.getMetadata(OPERATION, handler) as Operation<unknown> | undefined;
