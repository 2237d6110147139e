import {
  type ArgumentMetadata,
  Body,
  Injectable,
  type PipeTransform,
  Query,
  type Type,
  ValidationPipe,
} from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { AuthError, type FieldFault } from '@gatehouse/kernel';

/** The refused fields, in the order in which the DTO lists them, each with its first reason. */
const faults = (errors: ValidationError[]): AuthError =>
  new AuthError('validation_failed', {
    fields: errors.map(({ property, constraints = {} }) => ({
      field: property,
      reason: Object.values(constraints)[0] ?? 'is not valid',
    })),
  });

/** Why these fields would be refused; empty where they would not. */
export const faultsIn = (dto: Type<object>, fields: object): readonly FieldFault[] =>
  faults(validateSync(plainToInstance(dto, fields), { whitelist: true, stopAtFirstError: true })).fields;

/** class-validator over an object. Unknown fields are dropped; no body at all is an object without fields. */
@Injectable()
class FieldsPipe implements PipeTransform {
  private readonly validation = new ValidationPipe({
    transform: true,
    whitelist: true,
    stopAtFirstError: true,
    exceptionFactory: faults,
  });

  async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const body = value ?? {};
    if (typeof body !== 'object' || Array.isArray(body)) throw new AuthError('request_malformed');
    return this.validation.transform(body, metadata);
  }
}

const pipe = new FieldsPipe();

/**
 * The request's body as the parameter's DTO. A pipe on the one parameter that needs it, not a global one: routes
 * without a body, token validation above all, pay nothing.
 */
export const ValidBody = (): ParameterDecorator => Body(pipe);

/**
 * What comes by another way than a request, held against the same rules. Unknown fields are dropped.
 * Throws AuthError `validation_failed`, or `request_malformed` where it is no object.
 */
export const validFields = <T>(dto: Type<T>, value: unknown): Promise<T> =>
  pipe.transform(value, { type: 'body', metatype: dto }) as Promise<T>;

/** The query as the parameter's DTO. */
export const ValidQuery = (): ParameterDecorator => Query(pipe);
