import { BlockOutput } from './block-output.js';

/** Takes down what it is given, in the place of a file. */
class Written {
  readonly blocks: string[] = [];
  flushes = 0;

  write(block: string): void {
    this.blocks.push(block);
  }

  flushSync(): void {
    this.flushes++;
  }
}

describe('BlockOutput', () => {
  let written: Written;
  let output: BlockOutput;
  let before: readonly unknown[];
  const write = (from: number, to: number): string[] => {
    const lines = Array.from({ length: to - from }, (_, i) => `line ${from + i}\n`);
    lines.forEach((line) => output.write(line));
    return lines;
  };

  beforeEach(() => {
    jest.useFakeTimers();
    before = process.listeners('exit');
    written = new Written();
    output = new BlockOutput(written);
  });
  afterEach(() => {
    jest.useRealTimers();
    for (const listener of process.listeners('exit'))
      if (!before.includes(listener)) process.off('exit', listener);
  });

  it('writes many lines at once, in their order', () => {
    const lines = write(0, 1_000);
    jest.advanceTimersByTime(100);
    expect(written.blocks.join('')).toBe(lines.join(''));
    expect(written.blocks.length).toBeLessThan(10);
  });

  it('keeps no line for longer than a tenth of a second, and does nothing where there is none', () => {
    write(0, 1);
    jest.advanceTimersByTime(99);
    expect(written.blocks).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(written.blocks).toEqual(['line 0\n']);
    expect(jest.getTimerCount()).toBe(0);
    write(1, 2);
    jest.advanceTimersByTime(100);
    expect(written.blocks).toEqual(['line 0\n', 'line 1\n']);
  });

  it('writes what it holds when asked to, and then not again', () => {
    const lines = write(0, 3);
    output.flush();
    expect(written.blocks).toEqual([lines.join('')]);
    output.flush();
    jest.advanceTimersByTime(1_000);
    expect(written.blocks).toHaveLength(1);
  });

  it('writes what it holds before the process exits', () => {
    const lines = write(0, 3);
    const [onExit] = process.listeners('exit').filter((listener) => !before.includes(listener));
    onExit?.(0);
    expect([written.blocks, written.flushes]).toEqual([[lines.join('')], 1]);
  });
});
