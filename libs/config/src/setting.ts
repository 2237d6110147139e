/** A value that cannot be used; the message completes "NAME …": it says what is wrong and what to write instead. */
export class SettingFault extends Error {
  override readonly name = 'SettingFault';
}

export type Mode = 'development' | 'production';

/** Stands for "production has no default: it must be set". */
export const REQUIRED = Symbol('required');
/** Stands for "may be left out". */
export const OPTIONAL = Symbol('optional');

export type Default = string | typeof REQUIRED | typeof OPTIONAL;

export interface Setting<T> {
  /** Turns the text into a value, or throws SettingFault. */
  readonly parse: (text: string) => T;
  readonly development: Default;
  readonly production: Default;
  /** One sentence for the README's table. */
  readonly about: string;
  /** A secret may come from a file (NAME_FILE) and is never echoed in a fault. */
  readonly secret: boolean;
}

interface Choices {
  readonly about: string;
  /** The default in both modes. */
  readonly default?: Default;
  readonly development?: Default;
  readonly production?: Default;
  readonly secret?: boolean;
}

/** A setting with its parser and its defaults. Without any default it is optional. */
export const setting = <T>(parse: (text: string) => T, choices: Choices): Setting<T> => ({
  parse,
  about: choices.about,
  development: choices.development ?? choices.default ?? OPTIONAL,
  production: choices.production ?? choices.default ?? OPTIONAL,
  secret: choices.secret ?? false,
});
