import 'reflect-metadata';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication, FastifyAdapter } from '@nestjs/platform-fastify';
import { loadConfig } from '@gatehouse/config';
import { documentsOf } from '@gatehouse/contract-kit';
import { CONTRACTS, ROOTS } from '@gatehouse/contracts';
import { RequestMetrics } from '@gatehouse/operations';
import { AppModule, serviceModules } from './app.module.js';

/**
 * Writes every OpenAPI document of a development service into a folder, as `<name>.json`. Nothing is started: Nest only
 * looks at what there would be (`preview`), so it takes neither a database nor a port.
 */
export async function writeDocuments(folder: string): Promise<void> {
  const config = loadConfig(
    { GATEHOUSE_MODE: 'development' },
    ROOTS.map(({ id }) => id),
  );
  const { EXTRAS } = await import('./development.js');
  const parts = { config, databaseUrl: 'postgres://nowhere', contracts: CONTRACTS, extras: EXTRAS };
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.for(parts, new RequestMetrics([])),
    new FastifyAdapter(),
    { preview: true, logger: false, abortOnError: false },
  );
  const documents = documentsOf(app, CONTRACTS, serviceModules(EXTRAS), config.version);
  await mkdir(folder, { recursive: true });
  for (const [name, document] of documents)
    await writeFile(path.join(folder, `${name}.json`), `${JSON.stringify(document(), null, 2)}\n`);
}
