/** The protected header of a token of ours: these three members and no other. */
export interface JoseHeader {
  readonly alg: string;
  readonly kid: string;
  readonly typ: string;
}

/** Far above what a token of ours needs, far below what would make parsing expensive. */
export const TOKEN_MOST_BYTES = 8 * 1024;

const MEMBERS: readonly string[] = ['alg', 'kid', 'typ'];
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The header and the payload's bytes of a JWS in compact serialization (RFC 7515 §7.1), read more strictly than libraries
 * do: at most 8 KiB, three segments of canonical base64url (else a changed last character makes "another" token that
 * still verifies), the header a JSON object in UTF-8 without a member beyond `alg`, `kid` and `typ`: so neither `crit`,
 * nor a key or an address of one that the sender chose.
 * Gives undefined for everything else. Says nothing about the signature.
 */
export function splitCompactJws(token: string): { header: Partial<JoseHeader>; payload: Buffer } | undefined {
  if (token.length > TOKEN_MOST_BYTES) return undefined;
  const segments = token.split('.', 4);
  if (segments.length !== 3) return undefined;
  const [header, payload, signature] = segments.map(canonicalBase64url);
  if (!header || !payload || !signature?.length) return undefined;
  const parsed = jsonObject(header);
  return parsed && isKnownHeader(parsed) ? { header: parsed, payload } : undefined;
}

/** A token in our form: a compact JWS with all three header members, its payload a JSON object in UTF-8; or undefined. */
export function readCompactJws(
  token: string,
): { header: JoseHeader; payload: Record<string, unknown> } | undefined {
  const split = splitCompactJws(token);
  if (!split || Object.keys(split.header).length !== MEMBERS.length) return undefined;
  const payload = jsonObject(split.payload);
  return payload && { header: split.header as JoseHeader, payload };
}

function canonicalBase64url(segment: string): Buffer | undefined {
  const bytes = Buffer.from(segment, 'base64url');
  return bytes.toString('base64url') === segment ? bytes : undefined;
}

function jsonObject(bytes: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(strictUtf8.decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

const isKnownHeader = (header: object): header is Partial<JoseHeader> =>
  Object.entries(header).every(([name, value]) => MEMBERS.includes(name) && typeof value === 'string');
