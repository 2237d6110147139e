import type { ContractId, OpenAccount } from './open-account.js';

/** An account, and what was mailed to it: the token of a reset link, and a verification code. */
export type Holder = OpenAccount & { readonly resetToken: string; readonly verificationCode: string };

/** A required field: a value that is one character too long, and what else is refused along with it. */
export interface RequiredField {
  readonly name: string;
  readonly tooLong: string;
  readonly alongside?: readonly string[];
}

/** A field that may be absent or null: a value that is accepted, and one that is one character too long. */
export interface OptionalField {
  readonly name: string;
  readonly good: string;
  readonly tooLong: string;
}

/** An endpoint with a body, and a body that it accepts. Its fields stand in the documented order. */
export interface EndpointWithBody {
  readonly contract: ContractId;
  readonly method: 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  /** The status of the accepted body. */
  readonly success: number;
  readonly bearer?: boolean;
  readonly fields: readonly RequiredField[];
  readonly optional?: readonly OptionalField[];
  /** The required fields alone. */
  readonly body: (holder: Holder) => Record<string, string>;
}

/** 255 characters whose parts are each of a permitted length: the whole is what is too long. */
const longEmail = `${'e'.repeat(60)}@${'d'.repeat(60)}.${'d'.repeat(60)}.${'d'.repeat(60)}.${'d'.repeat(7)}.com`;

/** Any field that is refused for its length alone. */
export const text = (name: string, most: number): RequiredField => ({ name, tooLong: 't'.repeat(most + 1) });

export const username = text('username', 50);
/** The name or address that somebody logs in by, which is not checked for being either. */
export const login = (name: string): RequiredField => text(name, 254);
export const refreshToken = (name: string): RequiredField => text(name, 8192);
export const email: RequiredField = { name: 'email', tooLong: longEmail };

/** @param alongside the repetition, which is then another one */
export const password = (name = 'password', ...alongside: string[]): RequiredField => ({
  ...text(name, 128),
  alongside,
});

export const optional = (name: string, most: number, good = 'Something'): OptionalField => ({
  ...text(name, most),
  good,
});
export const optionalEmail: OptionalField = { ...email, good: 'nobody@example.com' };
