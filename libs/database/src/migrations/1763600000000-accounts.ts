import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Accounts1763600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE users (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT users_pkey PRIMARY KEY,
        uuid uuid NOT NULL CONSTRAINT users_uuid_unique UNIQUE,
        username text,
        username_key text CONSTRAINT users_username_unique UNIQUE,
        email text NOT NULL,
        email_key text NOT NULL CONSTRAINT users_email_unique UNIQUE,
        first_name text,
        last_name text,
        phone_number text,
        profile_image_link text,
        role text NOT NULL,
        status text NOT NULL,
        email_verified_at timestamptz,
        password_hash text NOT NULL,
        credential_version integer NOT NULL DEFAULT 1,
        last_login_at timestamptz,
        created_at timestamptz NOT NULL,
        CONSTRAINT users_role_known CHECK (role IN ('USER', 'ADMIN')),
        CONSTRAINT users_status_known CHECK (status IN ('PENDING', 'ACTIVE', 'BLOCKED')),
        CONSTRAINT users_username_has_key CHECK ((username IS NULL) = (username_key IS NULL))
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE users');
  }
}
