import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/**
 * A password from a person (asked for, and not shown) or from a pipe (its first line). Never from the arguments, which
 * every user of the machine can read.
 */
export async function readPassword(): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = process.stdin.isTTY === true;
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal });
  if (terminal) process.stderr.write('Password: ');
  try {
    if (terminal) return await lines.question('');
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
    if (terminal) process.stderr.write('\n');
  }
}
