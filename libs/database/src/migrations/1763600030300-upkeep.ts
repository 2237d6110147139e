import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Upkeep1763600030300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // what is removed once it has expired is found by these
    await runner.query('CREATE INDEX sessions_by_end ON sessions (ended_at) WHERE ended_at IS NOT NULL');
    await runner.query('CREATE INDEX one_time_secrets_by_expiry ON one_time_secrets (expires_at)');
    await runner.query('CREATE INDEX one_time_codes_by_expiry ON one_time_codes (expires_at)');
    await runner.query(
      'CREATE INDEX mails_done ON mails (created_at) WHERE sent_at IS NOT NULL OR failed_at IS NOT NULL',
    );
    // whose links and codes a mail carries: it is withdrawn when the account's address changes
    await runner.query('ALTER TABLE mails ADD COLUMN secrets_of bigint');
    await runner.query(`
      CREATE INDEX mails_withdrawable ON mails (secrets_of)
      WHERE secrets_of IS NOT NULL AND sent_at IS NULL AND failed_at IS NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX mails_withdrawable');
    await runner.query('ALTER TABLE mails DROP COLUMN secrets_of');
    await runner.query('DROP INDEX mails_done');
    await runner.query('DROP INDEX one_time_codes_by_expiry');
    await runner.query('DROP INDEX one_time_secrets_by_expiry');
    await runner.query('DROP INDEX sessions_by_end');
  }
}
