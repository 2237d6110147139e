import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mails written before this have been read in the mailbox at best: they are owed, and due at once. */
export class MailDelivery1763600010100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE mails
        ALTER COLUMN sealed_content DROP NOT NULL,
        ADD COLUMN message_id uuid NOT NULL DEFAULT gen_random_uuid(),
        ADD COLUMN attempts integer NOT NULL DEFAULT 0,
        ADD COLUMN next_attempt_at timestamptz NOT NULL DEFAULT now(),
        ADD COLUMN failed_at timestamptz,
        ADD COLUMN failure text`);
    await runner.query(
      'ALTER TABLE mails ALTER COLUMN message_id DROP DEFAULT, ALTER COLUMN next_attempt_at DROP DEFAULT',
    );
    await runner.query(
      'CREATE INDEX mails_due ON mails (next_attempt_at) WHERE sent_at IS NULL AND failed_at IS NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX mails_due');
    await runner.query('DELETE FROM mails WHERE sealed_content IS NULL');
    await runner.query(`
      ALTER TABLE mails
        ALTER COLUMN sealed_content SET NOT NULL,
        DROP COLUMN message_id,
        DROP COLUMN attempts,
        DROP COLUMN next_attempt_at,
        DROP COLUMN failed_at,
        DROP COLUMN failure`);
  }
}
