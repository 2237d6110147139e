export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
export const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;
/** `2026-01-31T10:30:00.000Z` */
export const ISO_MILLISECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** `2025-06-17T10:30:00Z` */
export const ZULU_SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
/** `2025-06-17T10:30:00` */
export const LOCAL_SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/;
/** `2025-05-17T07:19:32.000000Z` */
export const ISO_MICROSECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

/** `1718704075174`, a number: of this century, which seconds or microseconds would not be. */
export const EPOCH_MILLISECONDS = {
  asymmetricMatch: (value: unknown) =>
    Number.isInteger(value) && (value as number) > Date.UTC(2000) && (value as number) < Date.UTC(2100),
  toString: () => 'EpochMilliseconds',
};
