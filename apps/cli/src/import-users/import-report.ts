import type { Writable } from 'node:stream';
import type { ImportOutcome } from '@gatehouse/users';

const SECOND_MS = 1_000;
const LINES_BETWEEN = 10_000;
/** Back to the first column, and clear to the end. */
const REWRITE = '\r\u001b[K';

/** Counts what became of the lines; tells refusals as they come and, now and then, how far it is. */
export class ImportReport {
  refused = 0;
  private imported = 0;
  private unchanged = 0;
  private toldAt = 0;
  private toldLines = 0;

  constructor(
    private readonly out: Writable & { readonly isTTY?: boolean },
    private readonly dryRun: boolean,
  ) {}

  add(line: number, outcome: ImportOutcome): void {
    if (typeof outcome === 'object') {
      this.refused++;
      this.out.write(`${this.out.isTTY ? REWRITE : ''}line ${line}: ${outcome.refused}\n`);
    } else this[outcome]++;
  }

  /** On a terminal once a second, on one line; elsewhere every 10,000 lines. */
  tell(now: number): void {
    const due = this.out.isTTY
      ? now - this.toldAt >= SECOND_MS
      : this.lines - this.toldLines >= LINES_BETWEEN;
    if (!due) return;
    this.toldAt = now;
    this.toldLines = this.lines;
    this.out.write(this.out.isTTY ? `${REWRITE}${this.summary}` : `${this.summary}\n`);
  }

  /** Clears what a terminal shows of the progress. */
  end(): void {
    if (this.out.isTTY) this.out.write(REWRITE);
  }

  get summary(): string {
    const what = this.dryRun ? 'would import' : 'imported';
    return `${what} ${this.imported}, unchanged ${this.unchanged}, refused ${this.refused}, of ${this.lines} lines`;
  }

  private get lines(): number {
    return this.imported + this.unchanged + this.refused;
  }
}
