import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { accepted, CONTRACT_IDS, type ContractId } from '../../support/open-account.js';
import { send } from '../../support/http.js';

const ROOT = path.resolve(__dirname, '../../..');
const PROGRAMS = path.join(ROOT, 'test/consumers/programs');

/** As much of an OpenAPI document as the tests look at. */
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly summary: string }>>>>;
}

/** A folder outside of the project, in which somebody else's front end is made from the documents. */
export interface ForeignFolder {
  readonly home: string;
  /** They are also the files `<contract>.json` there. */
  readonly documents: ReadonlyMap<ContractId, Document>;
  remove(): void;
}

/**
 * With the documents as the service gives them, the packages that are installed here, and some of the programs.
 * @param url where the service listens @param programs files of test/consumers/programs
 */
export async function foreignFolder(url: string, programs: readonly string[] = []): Promise<ForeignFolder> {
  const home = mkdtempSync(path.join(tmpdir(), 'gatehouse-consumer-'));
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(home, 'node_modules'));
  writeFileSync(path.join(home, 'package.json'), '{"private":true,"type":"module"}');
  for (const file of programs) copyFileSync(path.join(PROGRAMS, file), path.join(home, file));
  const documents = new Map<ContractId, Document>();
  for (const contract of CONTRACT_IDS) {
    const document = accepted(await send('GET', `${url}/swagger/${contract}.json`)) as Document;
    writeFileSync(path.join(home, `${contract}.json`), JSON.stringify(document));
    documents.set(contract, document);
  }
  return { home, documents, remove: () => rmSync(home, { recursive: true, force: true }) };
}

const METHODS = new Set(['get', 'put', 'post', 'patch', 'delete']);

/** Every operation of a document. */
export const operationsOf = ({ paths }: Document): { method: string; path: string; summary: string }[] =>
  Object.entries(paths).flatMap(([each, item]) =>
    Object.entries(item)
      .filter(([key]) => METHODS.has(key))
      .map(([method, { summary }]) => ({ method: method.toUpperCase(), path: each, summary })),
  );
