import type { INestApplication, Type } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { Contract } from '../contract.js';
import { moduleOf } from '../contract-kit.module.js';
import { SERVICE_ERRORS } from '../service-errors.js';
import { documentOf, type DocumentedPart } from './document.js';

/** The service's own endpoints, which belong to no contract. */
const SERVICE_TAGS = {
  health: 'For orchestrators and load balancers',
  keys: 'For whoever verifies tokens by themselves',
  dev: 'Tools for tests, in development mode alone and from this machine alone',
};

/** What no operation can say. */
const OTHER_PATHS =
  'An unknown path is 404, another method of a known one 405 with the header Allow, both in the format of the other refusals.';

const partOf = (contract: Contract): DocumentedPart => {
  const prefix = `/${contract.id}`;
  const { shape, table } = contract.errors;
  return {
    id: contract.id,
    title: contract.title,
    description: `Base path \`${contract.basePath}\`, at the root or below \`${prefix}\`. ${OTHER_PATHS}`,
    prefix,
    modules: [moduleOf(contract)],
    tags: contract.tags ?? {},
    errors: shape && { ...contract.errors, shape, of: (code) => table[code] },
  };
};

const servicePart = (modules: readonly Type[]): DocumentedPart => ({
  id: 'service',
  title: 'service: health, keys and tools',
  description: `The service's own endpoints, beside the contracts. ${OTHER_PATHS}`,
  prefix: '',
  modules,
  tags: SERVICE_TAGS,
  errors: SERVICE_ERRORS,
});

/**
 * Every document of the service by its name: each contract's, and `service`.
 * @param modules those whose controllers belong to no contract
 */
export const documentsOf = (
  app: INestApplication,
  contracts: readonly Contract[],
  modules: readonly Type[],
  version: string,
): ReadonlyMap<string, () => OpenAPIObject> =>
  new Map(
    [...contracts.map(partOf), servicePart(modules)].map((part) => [
      part.id,
      () => documentOf(app, part, version),
    ]),
  );

/** Serves `/swagger`, with one entry for each document, and `/swagger/<document>.json` and `.yaml`. */
export function serveDocuments(
  app: INestApplication,
  contracts: readonly Contract[],
  modules: readonly Type[],
  version: string,
): void {
  const documents = documentsOf(app, contracts, modules, version);
  for (const [id, document] of documents) {
    SwaggerModule.setup(`swagger/${id}`, app, document, {
      ui: false,
      jsonDocumentUrl: `swagger/${id}.json`,
      yamlDocumentUrl: `swagger/${id}.yaml`,
    });
  }
  const empty = new DocumentBuilder().setTitle('Gatehouse').setVersion(version).build();
  const names = new Map(contracts.map(({ id, title }) => [id, title]));
  SwaggerModule.setup(
    'swagger',
    app,
    { ...empty, paths: {} },
    {
      raw: false,
      explorer: true,
      customSiteTitle: 'Gatehouse',
      swaggerOptions: {
        urls: [...documents.keys()].map((id) => ({
          name: names.get(id) ?? 'service: health, keys and tools',
          url: `/swagger/${id}.json`,
        })),
        persistAuthorization: false,
      },
    },
  );
}
