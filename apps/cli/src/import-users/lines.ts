/** A line of a file; its text is undefined where it is longer than allowed or no UTF-8. */
export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string | undefined;
}

const NEWLINE = 0x0a;

/**
 * The lines of a stream that are not blank, one at a time: neither the file nor an endless line is ever held whole.
 * @param most bytes of a line
 */
export async function* linesOf(source: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Line> {
  const line = new LineBuffer(most);
  for await (const chunk of source) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      line.add(chunk.subarray(start, end));
      yield* line.finish();
      start = end + 1;
    }
    line.add(chunk.subarray(start));
  }
  yield* line.finish();
}

class LineBuffer {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private parts: Uint8Array[] = [];
  private length = 0;
  private number = 0;

  constructor(private readonly most: number) {}

  add(part: Uint8Array): void {
    this.length += part.length;
    if (this.length <= this.most) this.parts.push(part);
    else this.parts = [];
  }

  *finish(): Generator<Line> {
    this.number++;
    const text = this.length <= this.most ? this.decoded() : undefined;
    this.parts = [];
    this.length = 0;
    if (text === undefined || text.trim() !== '') yield { number: this.number, text };
  }

  private decoded(): string | undefined {
    try {
      return this.decoder.decode(Buffer.concat(this.parts));
    } catch {
      return undefined;
    }
  }
}
