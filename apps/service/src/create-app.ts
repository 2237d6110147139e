import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import {
  type ContractRoot,
  corsRules,
  createHttpSurface,
  rootTable,
  serveDocuments,
} from '@gatehouse/contract-kit';
import { logRequests, PinoLogger } from '@gatehouse/operations';
import { pages } from '@gatehouse/pages';
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
  const mounted = [...contracts, pages];
  const table = rootTable([...roots, pages.root], config.contracts);
  const { adapter, filter } = createHttpSurface(mounted, table);
  const fastify = adapter.getInstance<FastifyInstance>();
  logRequests(fastify, logger.pino);
  const nest = await NestFactory.create<NestFastifyApplication>(
    AppModule.for({ ...parts, contracts: mounted }),
    adapter,
    {
      bodyParser: false,
      abortOnError: false,
      logger,
    },
  );
  nest.useGlobalFilters(filter);
  nest.enableCors(corsRules(config.corsOrigins));
  if (config.docsPublic) serveDocuments(nest, contracts, config.version);
  await nest.init();
  await fastify.ready();
  return { nest, fastify };
}
