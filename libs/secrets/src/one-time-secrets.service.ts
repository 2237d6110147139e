import { Injectable } from '@nestjs/common';
import { Clock, KeyRing, Random, type UserId } from '@gatehouse/kernel';
import {
  Database,
  millis,
  nowPlus,
  type Runner,
  type Statement,
  type Transaction,
} from '@gatehouse/database';
import type { SecretPurpose } from './one-time-secret.entity.js';

/** Whom a secret was made for, and the address that it was mailed to. */
export interface SecretOwner {
  readonly userId: UserId;
  readonly emailKey: string;
}

/** How long a mailed link works, in milliseconds. */
const LIFETIME: Record<SecretPurpose, number> = { reset_password: 3_600_000, verify_email: 86_400_000 };
/** How many links of one purpose may be outstanding; a further one voids the oldest. */
const OUTSTANDING = 3;

const issue: Statement = {
  name: 'secrets.issue',
  text: `
    WITH surplus AS (
      UPDATE one_time_secrets SET voided_at = ${nowPlus(6)}
      WHERE hash IN (
        SELECT hash FROM one_time_secrets
        WHERE user_id = $3 AND purpose = $2 AND used_at IS NULL AND voided_at IS NULL AND expires_at > ${nowPlus(6)}
        ORDER BY created_at DESC, hash
        OFFSET $7 FOR UPDATE)
    )
    INSERT INTO one_time_secrets (hash, purpose, user_id, email_key, created_at, expires_at)
    VALUES ($1, $2, $3, $4, ${nowPlus(6)}, ${nowPlus(6)} + ${millis(5)})`,
};

const LIVE = `hash = ANY($1) AND purpose = $2 AND voided_at IS NULL AND expires_at > ${nowPlus(3)}`;

const find: Statement = {
  name: 'secrets.find',
  text: `SELECT user_id, email_key, used_at FROM one_time_secrets WHERE ${LIVE}`,
};

const findAny: Statement = {
  name: 'secrets.find-any',
  text: 'SELECT user_id, email_key, used_at FROM one_time_secrets WHERE hash = ANY($1) AND purpose = $2',
};

const spend: Statement = {
  name: 'secrets.spend',
  text: `UPDATE one_time_secrets SET used_at = ${nowPlus(3)} WHERE ${LIVE} AND used_at IS NULL RETURNING user_id, email_key`,
};

const voidOthers: Statement = {
  name: 'secrets.void',
  text: `
    UPDATE one_time_secrets SET voided_at = ${nowPlus(3)}
    WHERE user_id = $1 AND purpose = $2 AND used_at IS NULL AND voided_at IS NULL`,
};

interface Row {
  readonly user_id: string;
  readonly email_key: string;
  readonly used_at: Date | null;
}

const ownerOf = (row: Row): SecretOwner => ({
  userId: Number(row.user_id) as UserId,
  emailKey: row.email_key,
});

/**
 * Links that are good once: 256 random bits, stored as a keyed hash, bound to purpose, account and address, spent by
 * one statement. Callers lock the account's row first where several links of one account may be used at once.
 */
@Injectable()
export class OneTimeSecrets {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** A new link secret (43 characters, URL-safe), to be mailed in the same transaction. */
  async issue(runner: Runner, purpose: SecretPurpose, owner: SecretOwner): Promise<string> {
    const secret = this.newSecret();
    await runner.run(issue, [
      this.keys.hmac('one-time-secrets', secret),
      purpose,
      owner.userId,
      owner.emailKey,
      LIFETIME[purpose],
      this.clock.offsetMs,
      OUTSTANDING - 1,
    ]);
    return secret;
  }

  /** Whose secret this is, spending nothing; `used` where it was spent before. Null where it is none, or past. */
  async find(purpose: SecretPurpose, secret: string): Promise<(SecretOwner & { used: boolean }) | null> {
    const [row] = await this.database.run<Row>(find, this.parameters(purpose, secret));
    return row ? { ...ownerOf(row), used: row.used_at !== null } : null;
  }

  /** Whose secret this once was, expired and voided ones included: good for asking for another one, and nothing else. */
  async findAny(purpose: SecretPurpose, secret: string): Promise<SecretOwner | null> {
    const [row] = await this.database.run<Row>(findAny, [
      this.keys.hmacs('one-time-secrets', secret),
      purpose,
    ]);
    return row ? ownerOf(row) : null;
  }

  /** Spends the secret, in one statement: of any number of parallel tries one gets the owner, the others null. */
  async spend(transaction: Transaction, purpose: SecretPurpose, secret: string): Promise<SecretOwner | null> {
    const [row] = await transaction.run<Row>(spend, this.parameters(purpose, secret));
    return row ? ownerOf(row) : null;
  }

  /** Makes every outstanding secret of this purpose useless. */
  async voidAll(runner: Runner, purpose: SecretPurpose, userId: UserId): Promise<void> {
    await runner.run(voidOthers, [userId, purpose, this.clock.offsetMs]);
  }

  /** 256 random bits, drawn again where six digits stand alone in them: in a mail they would read as the code. */
  private newSecret(): string {
    for (;;) {
      const secret = this.random.bytes(32).toString('base64url');
      if (!/\b\d{6}\b/.test(secret)) return secret;
    }
  }

  private parameters(purpose: SecretPurpose, secret: string): unknown[] {
    return [this.keys.hmacs('one-time-secrets', secret), purpose, this.clock.offsetMs];
  }
}
