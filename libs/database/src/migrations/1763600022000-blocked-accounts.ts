import type { MigrationInterface, QueryRunner } from 'typeorm';

export class BlockedAccounts1763600022000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // what a BLOCKED account was: some contracts' accounts are ACTIVE without a verified address
    await runner.query(`
      ALTER TABLE users ADD COLUMN status_before_block text
        CONSTRAINT users_status_before_block_known CHECK (status_before_block IN ('PENDING', 'ACTIVE'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE users DROP COLUMN status_before_block');
  }
}
