import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { writeDocuments } from '../../apps/service/src/documents.js';
import { CONTRACTS } from '@gatehouse/contracts';

const COMMITTED = path.resolve(__dirname, '../../docs/openapi');
interface OperationObject {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly security: readonly object[];
  readonly responses: object;
}

const NAMES = [...CONTRACTS.map(({ id }) => id), 'service'];

describe('the OpenAPI documents', () => {
  let folder: string;
  const generated = new Map<string, string>();

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'gatehouse-openapi-'));
    await writeDocuments(folder);
    for (const name of NAMES) generated.set(name, await readFile(path.join(folder, `${name}.json`), 'utf8'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const documentOf = (name: string) => JSON.parse(generated.get(name) as string);

  const operationsOf = (name: string): [where: string, operation: OperationObject][] =>
    Object.entries<Record<string, OperationObject>>(documentOf(name).paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]): [string, OperationObject] => [
        `${method} ${path}`,
        operation,
      ]),
    );

  it.each(NAMES)('%s is committed as it is generated', async (name) => {
    const committed = await readFile(path.join(COMMITTED, `${name}.json`), 'utf8').catch(() => '');
    if (committed !== generated.get(name))
      throw new Error(
        `docs/openapi/${name}.json is not what the code says: run npm run openapi and commit it`,
      );
  });

  it('there is no other document', async () => {
    const files = (await readdir(COMMITTED)).filter((file) => file.endsWith('.json'));
    expect(files.sort()).toEqual(NAMES.map((name) => `${name}.json`).sort());
  });

  it.each(NAMES)('%s says of every operation what it takes and answers', (name) => {
    const operations = operationsOf(name);
    expect(operations.length).toBeGreaterThan(2);
    for (const [where, operation] of operations) {
      const { operationId, tags, summary, security, responses } = operation;
      expect({ where, operationId, tags, summary, security }).toEqual({
        where,
        operationId: expect.stringMatching(/^[a-z]\w+$/),
        tags: [expect.stringMatching(/^[a-z]+$/)],
        summary: expect.stringMatching(/^.{5,}$/),
        security: expect.any(Array),
      });
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['408', '431', '500', '503']));
      if (!where.startsWith('get'))
        expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '413', '415']));
    }
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('asks for all that a route demands at once', () => {
    const security = Object.fromEntries(
      operationsOf('channel').map(([where, operation]) => [where.split('/').at(-1), operation.security]),
    );
    const application = { 'Api-Token': [], channel: [] };
    expect(security).toMatchObject({
      login: [application],
      logout: [{ ...application, Bearer: [] }],
      'verify-email': [{ ...application, Bearer: [] }, application],
    });
  });
});
