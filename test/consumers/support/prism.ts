import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { eventually } from '../../support/eventually.js';

const CLI = path.resolve(__dirname, '../../../node_modules/@stoplight/prism-cli/dist/index.js');
/** Far more than a start takes, on a machine that does other things too. */
const START_MS = 60_000;

/** A proxy that holds every request and every answer against a document, and answers 500 or 422 itself where one is not in it. */
export interface Prism {
  readonly url: string;
  /** What it has found wrong so far, in its own words. */
  complaints(): string[];
  stop(): Promise<void>;
}

/** @param document the file of an OpenAPI document @param upstream the address that its paths are below */
export async function startPrism(document: string, upstream: string): Promise<Prism> {
  const args = [CLI, 'proxy', document, upstream, '--errors', '--host', '127.0.0.1', '--port', '0'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  const url = await eventually('prism', () => addressIn(child, output), START_MS).catch(
    async (error: unknown) => {
      await stop();
      throw error;
    },
  );
  return {
    url,
    complaints: () => output.split('\n').filter((line) => /violation|error|warn/i.test(line)),
    stop,
  };
}

function addressIn(child: ChildProcess, output: string): string | undefined {
  if (child.exitCode !== null) throw new Error(`prism ended: ${output}`);
  return /Prism is listening on (\S+)/.exec(output)?.[1];
}
