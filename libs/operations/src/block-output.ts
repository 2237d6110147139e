import type { DestinationStream } from 'pino';

/** What lines are written to in the end: pino's own destination. */
export interface Output extends DestinationStream {
  /** Writes what it holds before it returns. */
  flushSync(): void;
}

/** How many lines are collected, and for how long at the most. */
const BLOCK_LINES = 128;
const BLOCK_MS = 100;

/**
 * Hands log lines on by blocks: a write for each of them costs a request as much as all the rest of its line. Whoever
 * writes a line that must not wait calls `flush`. What is left goes out when the process exits, by itself or by an
 * exception; where it is killed, the last tenth of a second may be missing. (The destination collects by itself too,
 * `minLength`, but counts the bytes of the whole block with each line.)
 */
export class BlockOutput implements DestinationStream {
  private lines: string[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly output: Output) {
    process.on('exit', () => this.flushSync());
  }

  write(line: string): void {
    if (this.lines.push(line) === BLOCK_LINES) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), BLOCK_MS).unref();
  }

  /** Gives the lines to the destination now. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.lines.length === 0) return;
    const block = this.lines.join('');
    this.lines = [];
    this.output.write(block);
  }

  /** Writes all lines before it returns; pino calls it after a fatal one. */
  flushSync(): void {
    this.flush();
    this.output.flushSync();
  }
}
