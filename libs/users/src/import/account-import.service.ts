import { Injectable } from '@nestjs/common';
import { Clock, Random } from '@gatehouse/kernel';
import { Database, type Transaction } from '@gatehouse/database';
import { emailKey, usernameKey } from '../account-names.js';
import { PasswordHasher } from '../password-hasher.js';
import * as sql from './import-accounts.sql.js';
import { type AccountLine, readAccount } from './read-account.js';

/** What became of a line: a new account, one that is there already, or a reason why it is neither. */
export type ImportOutcome = 'imported' | 'unchanged' | { readonly refused: string };

interface Row extends AccountLine {
  readonly id: string;
  readonly emailKey: string;
  readonly usernameKey: string | null;
  readonly passwordHash: string;
}

interface Holder {
  readonly uuid: string;
  readonly email_key: string;
  readonly username_key: string | null;
}

/** Ends a transaction whose outcome alone was wanted. */
class TakenBack extends Error {
  constructor(readonly outcomes: readonly ImportOutcome[]) {
    super('taken back');
  }
}

/** Takes in accounts that another system made, with their password hashes as they are. */
@Injectable()
export class AccountImport {
  constructor(
    private readonly database: Database,
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** The account that a line says, or every reason why it is refused. */
  read(line: string): AccountLine | readonly string[] {
    return readAccount(line, this.clock.now());
  }

  /**
   * Takes in a batch in one transaction and tells for each line what became of it. A line whose address and username
   * one account has already changes nothing; one that shares just a part with another account is refused alone.
   * @param dryRun tells the same and leaves the database as it is
   * @param record called in the transaction, with how many accounts it makes where it makes any
   */
  async take(
    lines: readonly AccountLine[],
    {
      dryRun,
      record,
    }: { dryRun: boolean; record: (transaction: Transaction, made: number) => Promise<void> },
  ): Promise<readonly ImportOutcome[]> {
    if (lines.length === 0) return [];
    const rows = lines.map((line) => this.rowOf(line));
    try {
      return await this.database.transaction(async (transaction) => {
        const outcomes = await this.outcomesOf(transaction, rows);
        const made = outcomes.filter((outcome) => outcome === 'imported').length;
        if (made > 0) await record(transaction, made);
        if (dryRun) throw new TakenBack(outcomes);
        return outcomes;
      });
    } catch (error) {
      if (error instanceof TakenBack) return error.outcomes;
      throw error;
    }
  }

  private async outcomesOf(transaction: Transaction, rows: readonly Row[]): Promise<ImportOutcome[]> {
    const made = await transaction.run<{ uuid: string }>(sql.insertAccounts, this.values(rows));
    const imported = new Set(made.map(({ uuid }) => uuid));
    // Of two rows with one id the first is the one that was made.
    const left = new Set(rows.filter(({ id }) => !imported.delete(id)));
    const holders = left.size === 0 ? [] : await this.holdersOf(transaction, [...left]);
    return rows.map((row) => (left.has(row) ? collisionOf(row, holders) : 'imported'));
  }

  private holdersOf(transaction: Transaction, rows: readonly Row[]): Promise<Holder[]> {
    const names = rows.map((row) => row.usernameKey).filter((key) => key !== null);
    return transaction.run<Holder>(sql.holdersOf, [
      rows.map((row) => row.emailKey),
      names,
      rows.map((row) => row.id),
    ]);
  }

  private rowOf(line: AccountLine): Row {
    return {
      ...line,
      id: line.id ?? this.random.uuid(),
      emailKey: emailKey(line.email),
      usernameKey: line.username === null ? null : usernameKey(line.username),
      passwordHash: line.passwordHash ?? this.hasher.unusable(this.random),
    };
  }

  private values(rows: readonly Row[]): unknown[] {
    const column = (name: keyof Row): unknown[] => rows.map((row) => row[name]);
    return [
      column('id'),
      column('username'),
      column('usernameKey'),
      column('email'),
      column('emailKey'),
      column('firstName'),
      column('lastName'),
      column('phoneNumber'),
      column('role'),
      column('status'),
      column('passwordHash'),
      column('emailVerified'),
      this.clock.offsetMs,
      rows.map(({ createdAt }) => createdAt?.toISOString() ?? null),
    ];
  }
}

/** Why a row was not made: its own account is there, or who has what it wants. */
function collisionOf(row: Row, holders: readonly Holder[]): ImportOutcome {
  const byEmail = holders.find((holder) => holder.email_key === row.emailKey);
  if (byEmail && byEmail.username_key === row.usernameKey) return 'unchanged';
  if (byEmail) return { refused: 'email is taken by another account' };
  if (row.usernameKey !== null && holders.some((holder) => holder.username_key === row.usernameKey))
    return { refused: 'username is taken by another account' };
  if (holders.some((holder) => holder.uuid === row.id)) return { refused: 'id is taken by another account' };
  return { refused: 'collided with an account that is gone again: import it once more' };
}
