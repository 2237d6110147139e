import fs from 'node:fs';
import path from 'node:path';

/** The user and group PostgreSQL runs under when we are root. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root, so root hands it to `nobody`, the one unprivileged account that every system
 * has (initdb insists on an account that has a name). An ordinary user runs it as himself: undefined.
 */
export function serverAccount(): Account | undefined {
  return process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined;
}

/** Whether the account has the permission (1 enter or run, 2 write, 4 read) by the mode bits of a file. */
function permits(stat: fs.Stats, account: Account, permission: 1 | 4): boolean {
  const shift = stat.uid === account.uid ? 6 : stat.gid === account.gid ? 3 : 0;
  return ((stat.mode >> shift) & permission) === permission;
}

/**
 * The first directory on the way to `target`, itself included, that the account cannot enter. Parts that do not
 * exist yet are passed over: we make them. Gives undefined if the way is open.
 */
export function closedDirectory(target: string, account: Account | undefined): string | undefined {
  if (!account) return undefined;
  let existing = target;
  while (!fs.existsSync(existing) && existing !== path.dirname(existing)) existing = path.dirname(existing);
  const real = fs.realpathSync(existing);
  const { root } = path.parse(real);
  let at = root;
  for (const part of ['', ...real.slice(root.length).split(path.sep)]) {
    at = path.join(at, part);
    const stat = fs.statSync(at);
    if (stat.isDirectory() && !permits(stat, account, 1)) return at;
  }
  return undefined;
}

/** Whether the account can enter the way to a file and read it. */
export function canRead(file: string, account: Account | undefined): boolean {
  if (!account) return true;
  return closedDirectory(path.dirname(file), account) === undefined && permits(fs.statSync(file), account, 4);
}
