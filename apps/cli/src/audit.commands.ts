import { Command } from 'commander';
import { Audit, AuditModule, AuditRetention, type RecordedEvent } from '@gatehouse/audit';
import { duration } from '@gatehouse/config';
import { OperatorError } from '@gatehouse/kernel';
import { loginKey, Users, UsersModule } from '@gatehouse/users';
import { withServices } from './with-services.js';

interface Filter {
  readonly user?: string;
  readonly since?: string;
  readonly before?: string;
  readonly limit: string;
  readonly json?: boolean;
}

/** Milliseconds. Throws OperatorError, which names the option. */
function durationOf(option: string, text: string): number {
  try {
    return duration(text);
  } catch (error) {
    throw new OperatorError(`${option} ${(error as Error).message}`, { cause: error });
  }
}

function positive(option: string, text: string, most: number): number {
  if (!/^[1-9]\d{0,15}$/.test(text) || Number(text) > most)
    throw new OperatorError(`${option} must be a whole number from 1 to ${most}, and is ${text}`);
  return Number(text);
}

const account = (id: number | null): string => (id === null ? '-' : `user:${id}`);

/** Tab-separated; what a client sent is quoted, so that it cannot forge a line. */
const row = (event: RecordedEvent): string =>
  [
    event.id,
    event.at.toISOString(),
    event.event,
    `about ${account(event.userId)}`,
    `by ${event.actor ?? '-'}`,
    event.contract ?? '-',
    event.ip ?? '-',
    JSON.stringify(event.details),
    event.userAgent === null ? '-' : JSON.stringify(event.userAgent),
  ].join('\t');

export const showAudit = new Command('audit')
  .description(
    'Show what was recorded, newest first: id, time, event, about whom, by whom, contract, address',
  )
  .option('--user <login>', 'about one account; of a name that no account has, the logins that tried it')
  .option('--since <duration>', 'no longer ago than this, such as 24h')
  .option('--before <id>', 'the page behind the event with this id')
  .option('--limit <number>', 'how many', '50')
  .option('--json', 'a JSON object a line, with all that is recorded')
  .action(async ({ user, since, before, limit: most, json }: Filter) => {
    const limit = positive('--limit', most, 10_000);
    const filter = {
      limit,
      sinceMs: since === undefined ? undefined : durationOf('--since', since),
      before:
        before === undefined ? undefined : String(positive('--before', before, Number.MAX_SAFE_INTEGER)),
    };
    const events = await withServices([AuditModule, UsersModule], async (app) => {
      if (user === undefined) return app.get(Audit).list(filter);
      const found = await app.get(Users).findByLogin(user);
      const whose = found ? { userId: found.id } : { nameTried: loginKey(user).key };
      return app.get(Audit).list({ ...filter, ...whose });
    });
    const lines = events.map((event) => (json ? JSON.stringify(event) : row(event)));
    process.stdout.write(lines.map((line) => `${line}\n`).join(''));
    const last = events.at(-1);
    if (events.length === limit && last) process.stderr.write(`there may be more: --before ${last.id}\n`);
  });

export const pruneAudit = new Command('prune-audit')
  .description('Remove old events, by the role that owns the tables; nothing else ever removes any')
  .requiredOption('--older-than <duration>', 'how old, such as 400d')
  .action(async ({ olderThan }: { olderThan: string }) => {
    const age = durationOf('--older-than', olderThan);
    const rows = await withServices(
      [AuditModule],
      (app) => app.get(AuditRetention).prune(age).catch(asRefused),
      'owner',
    );
    process.stdout.write(`removed ${rows} events\n`);
  });

function asRefused(error: unknown): never {
  if ((error as { code?: unknown }).code !== '42501') throw error;
  throw new OperatorError(
    "the service's own role may not remove events: set MIGRATION_DATABASE_URL, see docs/database-roles.md",
    { cause: error },
  );
}
