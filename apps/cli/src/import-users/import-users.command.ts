import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { Command } from 'commander';
import { Audit, AuditModule, COMMAND_LINE } from '@gatehouse/audit';
import type { Transaction } from '@gatehouse/database';
import { OperatorError } from '@gatehouse/kernel';
import { AccountImport, type AccountLine, UsersModule } from '@gatehouse/users';
import { withServices } from '../with-services.js';
import { ImportReport } from './import-report.js';
import { type Line, linesOf } from './lines.js';

/** Lines in one transaction. */
const BATCH = 500;
const LINE_MOST = 64 * 1024;
const UNREADABLE = `is no UTF-8, or longer than ${LINE_MOST} bytes`;

interface ReadLine {
  readonly number: number;
  /** The account, or why there is none. */
  readonly read: AccountLine | readonly string[];
}

const FORMAT = `
Each line is a JSON object; email alone is demanded:
  id             a UUID, where the account has one already
  username       3 to 50 letters, digits, or . _ -
  email
  emailVerified  true or false (the default)
  passwordHash   bcrypt, or scrypt, pbkdf2-sha256, argon2i, argon2id in PHC form;
                 without one the password must be reset by mail
  firstName, lastName, phoneNumber
  role           USER (the default) or ADMIN
  status         ACTIVE (the default), PENDING or BLOCKED
  createdAt      such as 2024-05-31T12:00:00Z

An account that is there already, with this email and username, is left unchanged: so an import can be run again.
Refused lines are told on standard error, by number and reason; if there are any the exit code is 1.`;

/** The file's bytes, once it is known that there are any. */
async function opened(file: string): Promise<AsyncIterable<Uint8Array>> {
  if (file === '-') return process.stdin;
  const stream = createReadStream(file);
  try {
    await once(stream, 'readable');
  } catch (cause) {
    throw new OperatorError(`${file} cannot be read: ${(cause as NodeJS.ErrnoException).code}`, { cause });
  }
  return stream;
}

/** Reads, checks and takes in, a batch at a time. */
async function importAll(
  lines: AsyncIterable<Line>,
  { accounts, audit }: { accounts: AccountImport; audit: Audit },
  report: ImportReport,
  dryRun: boolean,
): Promise<void> {
  const record = (transaction: Transaction, made: number): Promise<void> =>
    audit.record(transaction, { event: 'accounts_imported', act: COMMAND_LINE, details: { made } });
  let batch: ReadLine[] = [];
  const flush = async (): Promise<void> => {
    const readable = batch.flatMap(({ read }) => ('email' in read ? [read] : []));
    const next = (await accounts.take(readable, { dryRun, record })).values();
    for (const { number, read } of batch) {
      const outcome = 'email' in read ? next.next().value : { refused: read.join('; ') };
      if (outcome) report.add(number, outcome);
    }
    batch = [];
    report.tell(Date.now());
  };
  for await (const { number, text } of lines) {
    batch.push({ number, read: text === undefined ? [UNREADABLE] : accounts.read(text) });
    if (batch.length === BATCH) await flush();
  }
  await flush();
}

export const importUsers = new Command('import-users')
  .description('Make accounts from a file of JSON lines, with the password hashes of another system')
  .argument('<file>', 'the file, or - for standard input')
  .option('--dry-run', 'check every line, and make nothing')
  .addHelpText('after', FORMAT)
  .action(async (file: string, { dryRun = false }: { dryRun?: boolean }) => {
    const lines = linesOf(await opened(file), LINE_MOST);
    const report = new ImportReport(process.stderr, dryRun);
    try {
      await withServices([UsersModule, AuditModule], (app) => {
        const services = { accounts: app.get(AccountImport), audit: app.get(Audit) };
        return importAll(lines, services, report, dryRun);
      });
    } catch (error) {
      report.end();
      process.stderr.write(`stopped: ${report.summary}; run it again to go on\n`);
      throw error;
    }
    report.end();
    process.stdout.write(`${report.summary}\n`);
    if (report.refused > 0) process.exitCode = 1;
  });
