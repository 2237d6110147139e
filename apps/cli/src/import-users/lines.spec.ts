import { Readable } from 'node:stream';
import { type Line, linesOf } from './lines.js';

async function linesIn(...chunks: (string | Buffer)[]): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of linesOf(Readable.from(chunks.map((chunk) => Buffer.from(chunk as string))), 8))
    lines.push(line);
  return lines;
}

const line = (number: number, text?: string) => ({ number, text });

describe('the lines of a stream', () => {
  it.each([
    ['whole', ['one\ntwo\n'], [line(1, 'one'), line(2, 'two')]],
    ['without a newline at the end', ['one\ntwo'], [line(1, 'one'), line(2, 'two')]],
    ['cut anywhere', ['o', 'ne\nt', 'wo', '\n', 'x'], [line(1, 'one'), line(2, 'two'), line(3, 'x')]],
    ['cut within a character', [Buffer.from([0xc3]), Buffer.from([0xa4, 0x0a])], [line(1, 'ä')]],
    ['after a byte order mark', ['\ufeffone\n'], [line(1, 'one')]],
    ['blank ones are counted, and left out', ['\n \r\none\n\n'], [line(3, 'one')]],
    ['of nothing', [], []],
    ['too long', ['12345678\n', '1234', '56789', '0\nnext'], [line(1, '12345678'), line(2), line(3, 'next')]],
    ['no UTF-8', [Buffer.from([0xff, 0x0a]), 'next\n'], [line(1), line(2, 'next')]],
  ])('%s', async (_, chunks, expected) => {
    expect(await linesIn(...chunks)).toEqual(expected);
  });
});
