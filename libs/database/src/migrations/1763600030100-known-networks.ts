import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KnownNetworks1763600030100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE known_networks (
        identifier text NOT NULL,
        network text NOT NULL,
        last_used_at timestamptz NOT NULL,
        CONSTRAINT known_networks_pkey PRIMARY KEY (identifier, network)
      )`);
    await runner.query('CREATE INDEX known_networks_by_last_use ON known_networks (last_used_at)');
    await runner.query('CREATE INDEX login_failures_by_reset ON login_failures (resets_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX login_failures_by_reset');
    await runner.query('DROP TABLE known_networks');
  }
}
