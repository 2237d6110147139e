import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CONFIG, type Config } from '@gatehouse/config';
import { Database } from './database.js';
import { dataSourceOptions } from './data-source-options.js';
import { Sweeps } from './sweeps.js';
import { WatchConnection } from './watch-connection.js';

@Module({})
export class DatabaseModule {
  /** @param url the database to use: DATABASE_URL, or that of the embedded PostgreSQL */
  static for(url: string): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          inject: [CONFIG],
          useFactory: (config: Config) => ({
            ...dataSourceOptions(url, config.database.pool),
            autoLoadEntities: true,
            retryAttempts: 0,
          }),
        }),
      ],
      providers: [Database, WatchConnection, Sweeps],
      exports: [Database, WatchConnection, Sweeps],
    };
  }
}
