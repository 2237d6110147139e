import type { RoundResult } from './round.js';

/** One played round, for the table. */
export interface Row extends Pick<RoundResult, 'violations' | 'weight'> {
  readonly fault: string;
}

const COLUMNS: readonly (readonly [title: string, cell: (row: Row) => string | number | undefined])[] = [
  ['fault', ({ fault }) => fault],
  ['requests', ({ weight }) => weight.requests],
  ['acks', ({ weight }) => weight.acknowledged.all],
  ['since', ({ weight }) => weight.acknowledged.since],
  ['tries', ({ weight }) => weight.validations],
  ['of dead', ({ weight }) => weight.dead.during],
  ['after', ({ weight }) => weight.dead.after.A + weight.dead.after.B],
  ['503', ({ weight }) => weight.unavailable],
  ['silent', ({ weight }) => weight.unanswered],
  ['slowest ms', ({ weight }) => weight.slowest],
  ['back ms', ({ weight }) => weight.recovery ?? 'never'],
  ['violations', ({ violations }) => violations.length],
];

/** A table of what the rounds have seen. */
export function tableOf(rows: readonly Row[]): string {
  const cells = [
    COLUMNS.map(([title]) => title),
    ...rows.map((row) => COLUMNS.map(([, cell]) => String(cell(row)))),
  ];
  const widths = COLUMNS.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  const lines = cells.map((line) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join('  '),
  );
  return `\n${lines.join('\n')}\n\n`;
}
