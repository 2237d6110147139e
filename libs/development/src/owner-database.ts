import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '@gatehouse/config';
import { Database, dataSourceOptions } from '@gatehouse/database';

/** The database by the role that owns the tables: the service's own where there is one role, else the migrator. */
@Injectable()
export class OwnerDatabase {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async use<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const { migrationUrl } = this.config.database;
    if (migrationUrl === undefined) return work(this.database);
    const dataSource = await new DataSource(dataSourceOptions(migrationUrl, 1)).initialize();
    try {
      return await work(new Database(dataSource));
    } finally {
      await dataSource.destroy();
    }
  }
}
