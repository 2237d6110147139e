import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { type Config, ConfigModule } from '@gatehouse/config';
import { type Contract, ContractKitModule } from '@gatehouse/contract-kit';
import { DatabaseModule } from '@gatehouse/database';
import type { Clock } from '@gatehouse/kernel';
import { MailDeliveryModule } from '@gatehouse/mail';
import { OperationsModule, type RequestMetrics } from '@gatehouse/operations';
import { ProtocolsModule } from '@gatehouse/protocols';

export interface AppParts {
  readonly config: Config;
  /** DATABASE_URL, or that of the embedded PostgreSQL. */
  readonly databaseUrl: string;
  readonly contracts: readonly Contract[];
  /** What a mode adds: development's tools. */
  readonly extras?: readonly Type[];
  /** The time, where it can be turned: in development and in tests. */
  readonly clock?: Clock;
}

/** The modules whose endpoints belong to no contract. */
export const serviceModules = (extras: readonly Type[] = []): Type[] => [
  ProtocolsModule,
  OperationsModule,
  ...extras,
];

@Module({})
export class AppModule {
  /** @param requests what counts the requests */
  static for(
    { config, databaseUrl, contracts, extras = [], clock }: AppParts,
    requests: RequestMetrics,
  ): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.for(config, clock),
        DatabaseModule.for(databaseUrl),
        ContractKitModule.for(contracts),
        ProtocolsModule,
        OperationsModule.for(config, requests),
        MailDeliveryModule,
        ...extras,
      ],
    };
  }
}
