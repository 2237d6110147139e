import { execFile, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const SCRIPT = fileURLToPath(new URL('requests.lua', import.meta.url));
const CONNECTIONS = 64;

/** Throws where wrk is not installed. */
export function assertWrk() {
  const { error } = spawnSync('wrk', ['--version'], { stdio: 'ignore' });
  if (error) throw new Error('wrk does not start: apt-get install wrk', { cause: error });
}

/** A request as it goes over the wire. */
export function rawRequest(method, target, headers = {}, body = '') {
  const all = { host: 'bench', ...headers, ...(body && { 'content-length': Buffer.byteLength(body) }) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

/**
 * Sends the requests in turn on `connections` connections, each of which waits for its answer before it sends the next.
 * Gives what was answered a second, percentiles in milliseconds, how many answers had a status from 400 on, and how
 * much of one processor the answering process used (undefined where the system does not tell).
 */
export async function load({ url, pid }, requests, seconds, dir, connections = CONNECTIONS) {
  const file = path.join(dir, 'requests');
  writeFileSync(file, requests.join('\0'));
  const before = processorSeconds(pid);
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', SCRIPT, url, '--', file];
  const { stdout } = await promisify(execFile)('wrk', args);
  const used = processorSeconds(pid) - before;
  const result = JSON.parse(/^result (.*)$/m.exec(stdout)[1]);
  if (result.broken > 0) throw new Error(`${result.broken} requests to ${url} got no answer`);
  return {
    rate: result.answers / result.seconds,
    p50: result.p50,
    p99: result.p99,
    answers: result.answers,
    refused: result.refused,
    busy: used / result.seconds,
  };
}

/** Processor time that a process has used, in seconds, by Linux's accounts. */
function processorSeconds(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return NaN;
  }
}
