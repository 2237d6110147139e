import { appendFileSync } from 'node:fs';
import path from 'node:path';

/**
 * What log-scan-reporter.cjs reads at the end of the run: every log line of every service that a test starts, and every
 * secret that a test sends or receives. A file for each process, below the directory of the run.
 */
const append = (name: string, text: string): void => {
  const run = process.env['GATEHOUSE_TEST_RUN'];
  if (run) appendFileSync(path.join(run, name), text);
};

/** What a service has logged; whole lines, or pieces in their order. @param pid the process that did */
export const collectLog = (text: string, pid = process.pid): void =>
  append(`log-${process.pid}-${pid}.txt`, text);

/** Development prints these for everybody to see. */
const PUBLIC = new Set(['gatehouse-admin', 'dev-api-token', 'dev-gateway-secret']);
const SECRET_KEY = /password|token|code|secret|hash/i;
/** What has such a name and is none. */
const NO_SECRET = /status_?code|token_?type|mediatype|contenttype/i;
const MAILED_LINK = /[?&]token=([\w-]{20,})|verify-email\/([\w-]{20,})/g;
const MAILED_CODE = /(?<![\w-])\d{6}(?![\w-])/g;

const known = new Set<string>();

/** A secret of this test. Of a JWT its signature counts, and the secret inside. */
export function collectSecret(secret: string): void {
  if (secret.length < 6 || PUBLIC.has(secret) || known.has(secret)) return;
  known.add(secret);
  const [, payload, signature] = /^eyJ[\w-]+\.([\w-]+)\.([\w-]{20,})$/.exec(secret) ?? [];
  append(`secrets-${process.pid}.txt`, `${JSON.stringify(signature ?? secret)}\n`);
  if (payload !== undefined) collectClaim(payload);
}

/** The secrets of this file's tests so far. */
export const secretsSoFar = (): string[] => [...known];

function collectClaim(payload: string): void {
  try {
    const { jti } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { jti?: unknown };
    if (typeof jti === 'string') collectSecret(jti);
  } catch {
    // a forged token need not hold anything
  }
}

/** Every secret of an exchange: what was sent, and what came back. */
export function collectExchange(
  headers: readonly (readonly [name: string, value: unknown])[],
  sent: Uint8Array | undefined,
  received: { readonly text: string; readonly json: unknown },
): void {
  for (const [name, value] of headers) {
    if (!/^(authorization|api-token|refresh-token)$/i.test(name)) continue;
    for (const one of [value].flat()) collectSecret(String(one).replace(/^\w+ (?=\S+$)/, ''));
  }
  if (sent && sent.length < 100_000) collectBody(Buffer.from(sent).toString());
  collectValues(received.json);
  for (const [, reset, verify] of received.text.matchAll(MAILED_LINK))
    collectSecret((reset ?? verify) as string);
}

function collectBody(text: string): void {
  try {
    collectValues(JSON.parse(text));
  } catch {
    for (const [name, value] of new URLSearchParams(text)) collectMember(name, value);
  }
}

function collectValues(value: unknown, depth = 0): void {
  if (typeof value !== 'object' || value === null || depth > 20) return;
  for (const [name, member] of Object.entries(value)) {
    collectMember(name, member);
    collectValues(member, depth + 1);
  }
}

/** Problem details say in `code` what was wrong. */
const isErrorCode = (name: string, value: string): boolean => /^code$/i.test(name) && /^[a-z_]+$/.test(value);

function collectMember(name: string, value: unknown): void {
  if (typeof value !== 'string') return;
  if (SECRET_KEY.test(name) && !NO_SECRET.test(name) && !isErrorCode(name, value)) collectSecret(value);
  // a mail in development's mailbox
  if (name === 'text') for (const [code] of value.matchAll(MAILED_CODE)) collectSecret(code);
}
