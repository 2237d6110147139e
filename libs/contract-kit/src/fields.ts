import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, ValidateBy, type ValidationArguments } from 'class-validator';
import { textFault } from '@gatehouse/kernel';
import {
  EMAIL_MOST,
  emailFault,
  PASSWORD_LEAST,
  PASSWORD_MOST,
  passwordFault,
  USERNAME,
  usernameFault,
} from '@gatehouse/users';

/** What a field's documentation shows. */
interface Shown {
  readonly about: string;
  readonly example: string;
}

/** A field whose rule is a function from its value to the reason why it is refused, or undefined. */
export const field = (
  name: string,
  fault: (value: unknown, args: ValidationArguments) => string | undefined,
): PropertyDecorator =>
  ValidateBy({
    name,
    validator: {
      validate: (value, args) => fault(value, args as ValidationArguments) === undefined,
      defaultMessage: (args) => fault(args?.value, args as ValidationArguments) ?? 'is not valid',
    },
  });

const trimmed = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.trim() : value,
);

/** Text of `least` (1) to `most` characters. */
export const Text = ({
  about,
  example,
  least = 1,
  most,
}: Shown & { least?: number; most: number }): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, description: about, example, minLength: least, maxLength: most }),
    field('text', (value) => textFault(value, least, most)),
  );

/** Text, trimmed, that may be left out or null. */
export const OptionalText = ({ about, example, most }: Shown & { most: number }): PropertyDecorator =>
  applyDecorators(
    ApiProperty({
      type: String,
      description: about,
      example,
      maxLength: most,
      required: false,
      nullable: true,
    }),
    IsOptional(),
    trimmed,
    field('text', (value) => textFault(value, 1, most)),
  );

/** The parser of URLs forgives blanks, line breaks and missing slashes, which those who read the link need not. */
const HTTP_LINK = /^https?:\/\/[^\s\p{Cc}]+$/iu;

/** A link to an image that may be left out or null. */
export const OptionalLink = ({ about, example }: Shown): PropertyDecorator =>
  applyDecorators(
    ApiProperty({
      type: String,
      format: 'uri',
      description: about,
      example,
      required: false,
      nullable: true,
    }),
    IsOptional(),
    field('link', (value) => {
      const fault = textFault(value, 1, 2048);
      if (fault) return fault;
      const link = value as string;
      return HTTP_LINK.test(link) && URL.canParse(link) ? undefined : 'must be an http or https URL';
    }),
  );

/** A name of a person: text that is not blank. */
export const PersonName = ({ about, example, most }: Shown & { most: number }): PropertyDecorator =>
  applyDecorators(trimmed, Text({ about, example, most }));

/** A username to be taken. */
export const NewUsername = ({ about, example }: Shown): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, description: about, example, pattern: USERNAME.source }),
    trimmed,
    field('username', usernameFault),
  );

/** An e-mail address. */
export const EmailAddress = ({ about, example }: Shown): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, format: 'email', description: about, example, maxLength: EMAIL_MOST }),
    trimmed,
    field('email', emailFault),
  );

/** An e-mail address that may be left out or null. */
export const OptionalEmailAddress = ({ about, example }: Shown): PropertyDecorator =>
  applyDecorators(
    ApiProperty({
      type: String,
      format: 'email',
      description: about,
      example,
      required: false,
      nullable: true,
    }),
    IsOptional(),
    trimmed,
    field('email', emailFault),
  );

/** A password to be set: the rules are the users room's. */
export const NewPassword = ({ about, example }: Shown): PropertyDecorator =>
  applyDecorators(
    ApiProperty({
      type: String,
      format: 'password',
      description: about,
      example,
      minLength: PASSWORD_LEAST,
      maxLength: PASSWORD_MOST,
    }),
    field('password', (value) => textFault(value, 1, Infinity) ?? passwordFault(value as string)),
  );

/**
 * A password to be held against the stored one. A short one is merely wrong; one that no account can have is refused,
 * its characters counted after NFC as those of a new one are.
 */
export const GivenPassword = ({ about, example }: Shown): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, description: about, example, minLength: 1, maxLength: PASSWORD_MOST }),
    field('password', (value) =>
      textFault(typeof value === 'string' ? value.normalize('NFC') : value, 1, PASSWORD_MOST),
    ),
  );

/** The repetition of another field. */
export const SameAs = (other: string, { about, example }: Shown): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, format: 'password', description: about, example }),
    field('same', (value, { object }) => {
      const fault = textFault(value, 1, Infinity);
      return (
        fault ??
        (value === (object as Record<string, unknown>)[other] ? undefined : `must be the same as ${other}`)
      );
    }),
  );

/** A field that has one value. */
export const Exactly = (expected: string, { about }: { about: string }): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, description: about, enum: [expected], example: expected }),
    field(
      'exactly',
      (value) => textFault(value, 1, Infinity) ?? (value === expected ? undefined : `must be "${expected}"`),
    ),
  );

/** Any string at all, however long or odd: for what is judged by its content alone. */
export const AnyString = ({ about, example }: Shown): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, description: about, example }),
    field('string', (value) => (typeof value === 'string' ? undefined : 'must be a string')),
  );
