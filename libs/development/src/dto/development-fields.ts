import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { duration, SettingFault } from '@gatehouse/config';
import { field, NewUsername } from '@gatehouse/contract-kit';
import { isStorableText } from '@gatehouse/kernel';

/** A duration as settings have it, such as `16m`. */
export const Duration = (about: string, example: string): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, description: about, example, pattern: '^\\d{1,12}(ms|s|m|h|d)$' }),
    field('duration', (value) => {
      if (typeof value !== 'string') return 'must be a duration such as 15m, 3600s or 7d';
      try {
        duration(value);
        return undefined;
      } catch (error) {
        if (error instanceof SettingFault) return error.message;
        throw error;
      }
    }),
  );

/** A username that may be left out or null. */
export const OptionalUsername = (about: string, example: string): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ required: false, nullable: true }),
    NewUsername({ about, example }),
    IsOptional(),
  );

/** One of a few words; left out or null: `otherwise`. */
export const OptionalChoice = (
  about: string,
  choices: readonly string[],
  otherwise: string,
): PropertyDecorator =>
  applyDecorators(
    ApiProperty({
      type: String,
      enum: choices,
      description: about,
      default: otherwise,
      required: false,
      nullable: true,
    }),
    IsOptional(),
    field('choice', (value) =>
      choices.includes(value as string) ? undefined : `must be one of ${choices.join(', ')}`,
    ),
  );

/** `true` or `false` that may be left out or null. @param fault what else may be wrong with it */
export const OptionalFlag = (
  about: string,
  fault: (value: boolean, dto: object) => string | undefined = () => undefined,
): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: Boolean, description: about, required: false, nullable: true }),
    IsOptional(),
    field('optionalFlag', (value, { object }) =>
      typeof value === 'boolean' ? fault(value, object) : 'must be true or false',
    ),
  );

/** A list of words that may be left out or null; which words is for the application's rules to say. */
export const OptionalWords = (about: string, example: readonly string[]): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: [String], description: about, example, required: false, nullable: true }),
    IsOptional(),
    field('words', (value) =>
      Array.isArray(value) && value.length <= 100 && value.every((word) => typeof word === 'string')
        ? undefined
        : 'must be a list of texts',
    ),
  );

/** What can stand in a header (RFC 9110 §5.5) without anybody having to quote it. */
const HEADER_SAFE = /^[\x21-\x7e]{8,256}$/;

/** An Api-Token or a secret that may be left out or null. */
export const OptionalClientSecret = (about: string, example: string): PropertyDecorator =>
  applyDecorators(
    ApiProperty({
      type: String,
      description: about,
      example,
      minLength: 8,
      maxLength: 256,
      pattern: HEADER_SAFE.source,
      required: false,
      nullable: true,
    }),
    IsOptional(),
    field('clientSecret', (value) =>
      typeof value === 'string' && isStorableText(value) && HEADER_SAFE.test(value)
        ? undefined
        : 'must be 8 to 256 characters of ASCII without blanks',
    ),
  );
