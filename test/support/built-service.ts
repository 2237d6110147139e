import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { collectLog } from './collected.js';
import { documentCheck } from './truth/check-answer.js';
import { checkAnswersOf } from './truth/checked-services.js';
import { eventually } from './eventually.js';

const ENTRY = path.resolve(__dirname, '../../dist/apps/service/src/main.js');
/** A start may take long where everything else on the machine starts too. */
const START_MS = 25_000;

/** The built service as a process of its own, which can be killed. */
export interface BuiltService {
  readonly url: string;
  readonly pid: number;
  /** Everything that it has printed so far. */
  readonly output: () => string;
  /** Sends the signal and waits until the process has ended. Gives its exit code; null where the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts it in development mode, unless `env` says otherwise, and waits until it answers. */
export async function startBuiltService(env: Record<string, string>): Promise<BuiltService> {
  const child = spawn(process.execPath, ['--enable-source-maps', ENTRY], {
    env: {
      PATH: process.env['PATH'],
      GATEHOUSE_MODE: 'development',
      HOST: '127.0.0.1',
      PORTS: '0',
      ARGON2_COST: 'm=8,t=1,p=1',
      LOGIN_FAILURE_FLOOR: '0s',
      SHUTDOWN_DELAY: '0s',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      collectLog(chunk, child.pid);
    });
  }
  const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
  const port = await eventually('the built service', () => portOf(child, output), START_MS).catch(
    (error: unknown) => {
      child.kill('SIGKILL');
      throw error;
    },
  );
  const url = `http://127.0.0.1:${port}`;
  checkAnswersOf(url, documentCheck({ GATEHOUSE_MODE: 'development', ...env }));
  return {
    url,
    pid: child.pid as number,
    output: () => output,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

/** From development's banner, or production's line about being ready. */
function portOf(child: ChildProcess, output: string): string | undefined {
  if (child.exitCode !== null) throw new Error(`the built service ended: ${output}`);
  return (/all ports +http:\/\/localhost:(\d+)/.exec(output) ??
    /"event":"ready","ports":\[(\d+)/.exec(output))?.[1];
}
