import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import {
  type ContractRoot,
  corsRules,
  createHttpSurface,
  readClientAddresses,
  rootTable,
  serveDocuments,
} from '@gatehouse/contract-kit';
import { logRequests, PinoLogger, RequestMetrics } from '@gatehouse/operations';
import { pages } from '@gatehouse/pages';
import { AppModule, type AppParts, serviceModules } from './app.module.js';

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
  const requests = new RequestMetrics(mounted.map(({ id }) => id));
  const https = config.publicUrl.startsWith('https:');
  const { adapter, filter } = createHttpSurface(mounted, table, https, requests.count);
  const fastify = adapter.getInstance<FastifyInstance>();
  readClientAddresses(fastify, config.trustedProxies);
  logRequests(fastify, logger);
  requests.watch(fastify);
  const nest = await NestFactory.create<NestFastifyApplication>(
    AppModule.for({ ...parts, contracts: mounted }, requests),
    adapter,
    {
      bodyParser: false,
      abortOnError: false,
      logger,
    },
  );
  nest.useGlobalFilters(filter);
  // Without an origin to allow it would only cost every answer some 5 µs.
  if (config.corsOrigins.length > 0) nest.enableCors(corsRules(config.corsOrigins));
  if (config.docsPublic) serveDocuments(nest, contracts, serviceModules(parts.extras), config.version);
  await nest.init();
  await fastify.ready();
  return { nest, fastify };
}
