import { OperatorError } from '@gatehouse/kernel';

/** Why the embedded PostgreSQL cannot be used. The message is for the operator: what is wrong and what to do. */
export class EmbeddedPostgresError extends OperatorError {
  override readonly name: string = 'EmbeddedPostgresError';
}

/** The data directory is fine, but another live process owns it. */
export class DataDirBusyError extends EmbeddedPostgresError {
  override readonly name = 'DataDirBusyError';
  constructor(dir: string) {
    super(
      `another Gatehouse process is using DATA_DIR ${dir}: stop it first, or set DATA_DIR to another directory`,
    );
  }
}

const reasons: Record<string, string> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of the path is a file, not a directory',
  EEXIST: 'it is a file, not a directory',
  ENAMETOOLONG: 'the path is too long',
};

/** The code of a system error (`ENOENT`) or of PostgreSQL (`57P03`), if it has one. */
export function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** Turns what the file system refused into a message that names the setting; passes our own errors through. */
export function dataDirFault(dir: string, error: unknown): EmbeddedPostgresError {
  if (error instanceof EmbeddedPostgresError) return error;
  const reason = reasons[codeOf(error) ?? ''] ?? (error instanceof Error ? error.message : String(error));
  return new EmbeddedPostgresError(
    `DATA_DIR ${dir} cannot be used: ${reason}. Set DATA_DIR to a directory that can be written, or DATABASE_URL to a PostgreSQL of your own.`,
    { cause: error },
  );
}

/** The line that says what went wrong, out of a program's error output. */
export function tellingLine(output: string): string {
  const lines = output.split('\n').map((line) => line.replace(/^[\d-]+ [\d:.]+ \w+ \[\d+\] /, '').trim());
  const said = lines.filter((line) => line !== '');
  // a full disk has many consequences, each with an error of its own
  const cause = said.find((line) => /no space left|quota exceeded|wrote only|free disk space/i.test(line));
  const telling = said.filter((line) => /\b(error|fatal|panic)\b|could not/i.test(line));
  return cause ?? telling.at(-1) ?? said.at(-1) ?? 'it said nothing';
}
