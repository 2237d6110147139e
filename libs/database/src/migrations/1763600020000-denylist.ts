import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Denylist1763600020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // one row: which Redis server's copy of the revocations is trusted, if any, and how often that has changed
    await runner.query(`
      CREATE TABLE denylist (
        id smallint CONSTRAINT denylist_pkey PRIMARY KEY,
        redis_id text,
        epoch bigint NOT NULL,
        CONSTRAINT denylist_one_row CHECK (id = 1)
      )`);
    await runner.query('INSERT INTO denylist (id, redis_id, epoch) VALUES (1, NULL, 0)');
    await runner.query(
      'CREATE INDEX revocations_unpublished ON revocations (sid) WHERE published_at IS NULL',
    );
    await runner.query('CREATE INDEX revocations_by_end ON revocations (keep_until)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX revocations_by_end');
    await runner.query('DROP INDEX revocations_unpublished');
    await runner.query('DROP TABLE denylist');
  }
}
