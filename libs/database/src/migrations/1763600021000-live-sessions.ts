import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LiveSessions1763600021000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // each login counts its account's live sessions, however many have ended
    await runner.query(
      'CREATE INDEX sessions_live ON sessions (user_id, created_at DESC, id DESC) WHERE ended_at IS NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX sessions_live');
  }
}
