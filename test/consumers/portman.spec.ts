import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { useService } from '../conformance/support/use-service.js';
import { CONTRACT_IDS, type ContractId } from '../support/open-account.js';
import { type Filled, filledRequests } from './support/filled-requests.js';
import { type ForeignFolder, foreignFolder, operationsOf } from './support/foreign-folder.js';

const PROGRAM = 'portman.run.mjs';
const LIMIT_MS = 120_000;

const TESTS = ['statusSuccess', 'contentType', 'jsonBody', 'schemaValidation', 'headersPresent'];

interface Outcome {
  readonly request: string;
  readonly status: number | string;
  readonly tests: number;
  readonly failed: readonly string[];
}

const entries = (values: Readonly<Record<string, string>> = {}) =>
  Object.entries(values).map(([key, value]) => ({ key, value, overwrite: true }));

/** portman's configuration: every contract test for every operation, and requests that can succeed. */
const configOf = (filled: ReadonlyMap<string, Filled>) => ({
  version: 1,
  tests: {
    contractTests: [
      { openApiOperation: '*::/*', ...Object.fromEntries(TESTS.map((name) => [name, { enabled: true }])) },
    ],
  },
  overwrites: [...filled].map(([openApiOperationId, { body, path: variables, headers }]) => ({
    openApiOperationId,
    overwriteRequestBody: entries(body),
    overwriteRequestPathVariables: entries(variables),
    // a Postman request has one kind of credentials, and these operations take up to three at once: they are headers
    overwriteRequestSecurity: { remove: true },
    overwriteRequestHeaders: entries(headers).map((each) => ({ ...each, insert: true })),
  })),
});

const service = useService();
let folder: ForeignFolder;
let results: Record<ContractId, Outcome[]>;

beforeAll(async () => {
  folder = await foreignFolder(service.url(), [PROGRAM]);
  const plan: object[] = [];
  for (const contract of CONTRACT_IDS) {
    const config = configOf(await filledRequests(service, contract));
    plan.push({ contract, baseUrl: `${service.url()}/${contract}`, config });
  }
  writeFileSync(path.join(folder.home, 'plan.json'), JSON.stringify(plan));
  // portman takes some of its settings from the environment
  const env = { PATH: process.env['PATH'] };
  await promisify(execFile)(process.execPath, [PROGRAM], { cwd: folder.home, env });
  results = JSON.parse(readFileSync(path.join(folder.home, 'result.json'), 'utf8'));
}, LIMIT_MS);
afterAll(() => folder?.remove());

describe.each(CONTRACT_IDS)("portman's contract tests of %s, run by newman", (contract) => {
  it('make a request of every operation', () => {
    const documented = operationsOf(folder.documents.get(contract) ?? { paths: {} });
    expect(results[contract].map(({ request }) => request).sort()).toEqual(
      documented.map(({ method, summary }) => `${method} ${summary}`).sort(),
    );
  });

  it('hold: status, media type, body, schema and headers', () => {
    expect(results[contract].filter(({ failed }) => failed.length > 0)).toEqual([]);
    // a status and its headers at the least
    expect(results[contract].filter(({ tests }) => tests < 2)).toEqual([]);
  });
});
