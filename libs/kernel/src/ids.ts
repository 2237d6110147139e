/** Ids are branded, so that one kind passed where another is meant does not compile. */
type Brand<T, Name extends string> = T & { readonly brand: Name };

/** The numeric id of an account (bigint identity; stays far below 2^53). */
export type UserId = Brand<number, 'UserId'>;
/** The public UUID (v4) of an account. */
export type UserUuid = Brand<string, 'UserUuid'>;
/** UUID of a session; the claim `sid`. */
export type SessionId = Brand<string, 'SessionId'>;
/** UUID of a client application; the claim `client_id`. */
export type ClientId = Brand<string, 'ClientId'>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Whether `value` is a UUID in the canonical spelling (RFC 9562 §4, lower case). */
export const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);
