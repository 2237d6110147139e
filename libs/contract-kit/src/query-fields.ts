import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { isBoolean, isInt, ValidateBy } from 'class-validator';

/** A whole number of a query, from `least` to `most`. The property's initial value stands where it is left out. */
export const WholeNumber = (
  about: string,
  { least, most }: { least: number; most: number },
): PropertyDecorator =>
  applyDecorators(
    ApiProperty({
      type: 'integer',
      format: 'int32',
      description: about,
      minimum: least,
      maximum: most,
      required: false,
    }),
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value,
    ),
    ValidateBy({
      name: 'wholeNumber',
      validator: {
        validate: (value) => isInt(value) && (value as number) >= least && (value as number) <= most,
        defaultMessage: () => `must be a whole number from ${least} to ${most}`,
      },
    }),
  );

/** `true` or `false` of a query. The property's initial value stands where it is left out. */
export const Flag = (about: string): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: Boolean, description: about, required: false }),
    Transform(({ value }: { value: unknown }) =>
      value === 'true' || value === 'false' ? value === 'true' : value,
    ),
    ValidateBy({
      name: 'flag',
      validator: { validate: isBoolean, defaultMessage: () => 'must be true or false' },
    }),
  );
