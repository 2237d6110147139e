import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { Contract } from './contract.js';
import { moduleOf } from './contract-kit.module.js';

/** The contract's OpenAPI 3.0 document. Its paths are the document's own; its server is the contract's prefix. */
export function contractDocument(app: INestApplication, contract: Contract, version: string): OpenAPIObject {
  const prefix = `/${contract.id}`;
  const builder = new DocumentBuilder();
  for (const name of contract.root.headers ?? [])
    builder.addApiKey({ type: 'apiKey', in: 'header', name }, name);
  const config = builder
    .setTitle(contract.title)
    .setDescription(`Base path \`${contract.basePath}\`, at the root or below \`${prefix}\`.`)
    .setVersion(version)
    .addServer(prefix)
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    include: [moduleOf(contract)],
    operationIdFactory: (_controller, method) => method,
  });
  const paths = Object.entries(document.paths).map(
    ([path, item]) => [path.slice(prefix.length), item] as const,
  );
  return { ...document, paths: Object.fromEntries(paths) };
}

/** Serves `/swagger`, with one entry for each contract, and `/swagger/<contract>.json` and `.yaml`. */
export function serveDocuments(app: INestApplication, contracts: readonly Contract[], version: string): void {
  for (const contract of contracts) {
    SwaggerModule.setup(`swagger/${contract.id}`, app, () => contractDocument(app, contract, version), {
      ui: false,
      jsonDocumentUrl: `swagger/${contract.id}.json`,
      yamlDocumentUrl: `swagger/${contract.id}.yaml`,
    });
  }
  const empty = new DocumentBuilder().setTitle('Gatehouse').setVersion(version).build();
  SwaggerModule.setup(
    'swagger',
    app,
    { ...empty, paths: {} },
    {
      raw: false,
      explorer: true,
      customSiteTitle: 'Gatehouse',
      swaggerOptions: {
        urls: contracts.map(({ id, title }) => ({ name: title, url: `/swagger/${id}.json` })),
        persistAuthorization: false,
      },
    },
  );
}
