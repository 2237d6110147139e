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
 * Reads the form of a JWS in compact serialization (RFC 7515 §7.1) more strictly than libraries do: at most 8 KiB,
 * three segments of canonical base64url (else a changed last character makes "another" token that still verifies),
 * header and payload JSON objects in UTF-8, no header member beyond `alg`, `kid` and `typ`: so neither `crit`, nor a
 * key or an address of one that the sender chose.
 * Gives undefined for everything else. Says nothing about the signature.
 */
export function readCompactJws(
  token: string,
): { header: JoseHeader; payload: Record<string, unknown> } | undefined {
  if (token.length > TOKEN_MOST_BYTES) return undefined;
  const segments = token.split('.', 4);
  if (segments.length !== 3) return undefined;
  const [header, payload, signature] = segments.map(canonicalBase64url);
  if (!header || !payload || !signature) return undefined;
  const parsedHeader = jsonObject(header);
  const parsedPayload = jsonObject(payload);
  if (!parsedHeader || !parsedPayload || !isOurHeader(parsedHeader)) return undefined;
  return { header: parsedHeader, payload: parsedPayload };
}

function canonicalBase64url(segment: string): Buffer | undefined {
  const bytes = Buffer.from(segment, 'base64url');
  return bytes.length > 0 && bytes.toString('base64url') === segment ? bytes : undefined;
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

function isOurHeader(header: object): header is JoseHeader {
  const entries = Object.entries(header);
  return (
    entries.length === MEMBERS.length &&
    entries.every(([name, value]) => MEMBERS.includes(name) && typeof value === 'string')
  );
}
