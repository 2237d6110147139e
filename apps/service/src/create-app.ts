import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { type ContractRoot, createHttpSurface, rootTable, serveDocuments } from '@gatehouse/contract-kit';
import { logRequests, PinoLogger } from '@gatehouse/operations';
import { AppModule, type AppParts } from './app.module.js';

export interface App {
  readonly nest: NestFastifyApplication;
  /** Handles requests; not listening yet. */
  readonly fastify: FastifyInstance;
}

/**
 * The whole service, ready to be given requests.
 * @param parts.roots how the contracts are recognised at the root
 */
export async function createApp(
  parts: AppParts & { roots: readonly ContractRoot[]; logger?: PinoLogger },
): Promise<App> {
  const { config, contracts, roots, logger = new PinoLogger(config.logLevel) } = parts;
  const { adapter, filter } = createHttpSurface(contracts, rootTable(roots, config.contracts));
  const fastify = adapter.getInstance<FastifyInstance>();
  logRequests(fastify, logger.pino);
  const nest = await NestFactory.create<NestFastifyApplication>(AppModule.for(parts), adapter, {
    bodyParser: false,
    abortOnError: false,
    logger,
  });
  nest.useGlobalFilters(filter);
  if (config.docsPublic) serveDocuments(nest, contracts, config.version);
  await nest.init();
  await fastify.ready();
  return { nest, fastify };
}
