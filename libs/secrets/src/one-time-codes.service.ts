import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@gatehouse/config';
import { AuthError, type ClientId, Clock, KeyRing, Random, type UserId } from '@gatehouse/kernel';
import { Database, type Transaction } from '@gatehouse/database';
import type { SecretOwner } from './one-time-secrets.service.js';
import * as sql from './one-time-codes.sql.js';

/** Where a code is asked for or entered: through which application, from which network. */
export interface CodePlace {
  readonly clientId: ClientId | null;
  readonly network: string;
}

/** How long a code lives, in milliseconds. */
const LIFETIME = 15 * 60_000;
/** Wrong tries that kill a code. With 20 codes a day that leaves a guesser 1 chance in 10,000 a day, per account. */
const TRIES = 5;
const CODES_A_DAY = 20;
const DIGITS = 1_000_000;

/**
 * Six-digit codes: short enough to be typed, and so counted, limited and never searched beyond where they were asked
 * for (PROTOCOLS: codes without an identity).
 */
@Injectable()
export class OneTimeCodes {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
    private readonly random: Random,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * A new code for the account, to be mailed in the same transaction, which must hold the account's row; earlier ones
   * are void. Undefined where the account has had its codes for today.
   */
  async issue(transaction: Transaction, owner: SecretOwner, place: CodePlace): Promise<string | undefined> {
    const [issued] = await transaction.run<{ count: number }>(sql.issuedToday, [
      owner.userId,
      this.clock.offsetMs,
    ]);
    if (issued && issued.count >= CODES_A_DAY) return undefined;
    await this.voidAll(transaction, owner.userId);
    await transaction.run(sql.lockPlace, [`code ${place.clientId} ${place.network}`]);
    for (;;) {
      const code = this.sixDigits();
      const inserted = await transaction.run(sql.insertCode, [
        this.keys.hmac('one-time-codes', code),
        owner.userId,
        owner.emailKey,
        place.clientId,
        place.network,
        this.clock.offsetMs,
        LIFETIME,
        TRIES,
        this.keys.hmacs('one-time-codes', code),
      ]);
      if (inserted.length === 1) return code;
    }
  }

  /**
   * Whose code this is, spending nothing: so that the account can be locked before the code is tried.
   * Throws AuthError `email_needed` where no account is named and too many codes are outstanding at this place.
   */
  async ownerOf(code: string, account: UserId | null, place: CodePlace): Promise<UserId | undefined> {
    const [row] = await this.database.run<{ count: number; owner: string | null }>(
      sql.outstanding,
      this.scope(code, account, place),
    );
    if (account === null && row && row.count > this.config.codes.searchLimit)
      throw new AuthError('email_needed');
    return row?.owner ? (Number(row.owner) as UserId) : undefined;
  }

  /** Spends the code, or counts a wrong try against each code that it may have been meant for: then null. */
  async spend(
    transaction: Transaction,
    code: string,
    account: UserId | null,
    place: CodePlace,
  ): Promise<SecretOwner | null> {
    const [row] = await transaction.run<{ user_id: string; email_key: string }>(
      sql.tryCode,
      this.scope(code, account, place),
    );
    return row ? { userId: Number(row.user_id) as UserId, emailKey: row.email_key } : null;
  }

  /** Makes the account's outstanding codes useless. */
  async voidAll(transaction: Transaction, userId: UserId): Promise<void> {
    await transaction.run(sql.voidCodes, [userId, this.clock.offsetMs]);
  }

  private scope(code: string, account: UserId | null, place: CodePlace): unknown[] {
    return [
      account,
      place.clientId,
      place.network,
      this.clock.offsetMs,
      TRIES,
      this.keys.hmacs('one-time-codes', code),
    ];
  }

  /** Evenly distributed: what a whole multiple of a million does not cover is thrown away. */
  private sixDigits(): string {
    const most = Math.floor(2 ** 32 / DIGITS) * DIGITS;
    for (;;) {
      const number = this.random.bytes(4).readUInt32BE();
      if (number < most) return String(number % DIGITS).padStart(6, '0');
    }
  }
}
