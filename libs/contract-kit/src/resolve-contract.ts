import type { IncomingHttpHeaders } from 'node:http';
import type { ContractRoot } from './contract.js';

/** What resolution looks things up in: built once at start. */
export interface RootTable {
  readonly ids: ReadonlySet<string>;
  readonly own: readonly (readonly [path: string, id: string])[];
  readonly navigations: readonly (readonly [path: string, id: string])[];
  /** Path below a shared base → the contracts that document it. */
  readonly documented: ReadonlyMap<string, readonly string[]>;
  readonly bases: readonly string[];
  readonly headers: readonly (readonly [header: string, id: string])[];
  readonly hosts: ReadonlyMap<string, string>;
  readonly fallback: string;
}

/** @param settings CONTRACT_HOSTS (lower-case hosts) and DEFAULT_CONTRACT */
export function rootTable(
  roots: readonly ContractRoot[],
  settings: { readonly hosts: ReadonlyMap<string, string>; readonly fallback: string },
): RootTable {
  const documented = new Map<string, string[]>();
  for (const { id, shared } of roots) {
    for (const path of shared?.paths ?? []) {
      const full = `${shared?.base}/${path}`;
      documented.set(full, [...(documented.get(full) ?? []), id]);
    }
  }
  return {
    ids: new Set(roots.map(({ id }) => id)),
    own: roots.flatMap(({ id, own }) => own.map((path) => [path, id] as const)),
    navigations: roots.flatMap(({ id, navigations = [] }) => navigations.map((path) => [path, id] as const)),
    documented,
    bases: [...new Set(roots.flatMap(({ shared }) => (shared ? [shared.base] : [])))],
    headers: roots.flatMap(({ id, headers = [] }) => headers.map((header) => [header, id] as const)),
    hosts: settings.hosts,
    fallback: settings.fallback,
  };
}

const isBelow = (path: string, base: string): boolean =>
  path.startsWith(base) && (path.length === base.length || path.charCodeAt(base.length) === 47);

/**
 * Which contract a path without a contract's prefix is meant for, in this order: a browser that follows a mailed link;
 * a path that one contract alone has; a header that its clients send; the host; the default. Undefined where no contract has such a path. It chooses a
 * dialect, never a right.
 */
export function resolveContract(
  path: string,
  headers: IncomingHttpHeaders,
  table: RootTable,
): string | undefined {
  if (headers.accept?.includes('text/html')) {
    for (const [navigated, id] of table.navigations) if (isBelow(path, navigated)) return id;
  }
  const documented = table.documented.get(path);
  if (documented?.length === 1) return documented[0];
  for (const [own, id] of table.own) if (isBelow(path, own)) return id;
  if (!table.bases.some((base) => isBelow(path, base))) return undefined;
  for (const [header, id] of table.headers) if (headers[header] !== undefined) return id;
  return table.hosts.get(headers.host?.toLowerCase() ?? '') ?? table.fallback;
}

/**
 * The URL that the router is given: paths at the root are put under their contract's prefix (`/login` → `/x/login`),
 * everything else stays as it is.
 */
export function rewriteUrl(target: string, headers: IncomingHttpHeaders, table: RootTable): string {
  const url = originForm(target);
  const query = url.indexOf('?');
  const contract = resolveContract(query === -1 ? url : url.slice(0, query), headers, table);
  return contract === undefined ? url : `/${contract}${url}`;
}

/** A request target without scheme and authority: every server must accept these too (RFC 9112 §3.2.2). */
const originForm = (target: string): string =>
  target.charCodeAt(0) === 47 ? target : target.replace(/^https?:\/\/[^/?#]*\/?/i, '/');

/** The contract whose prefix a rewritten URL has, or undefined. */
export function prefixOf(url: string, ids: { has(id: string): boolean }): string | undefined {
  const end = url.slice(1).search(/[/?]/);
  const first = end === -1 ? url.slice(1) : url.slice(1, end + 1);
  return ids.has(first) ? first : undefined;
}
