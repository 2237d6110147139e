import { readFileSync } from 'node:fs';
import path from 'node:path';
import { settingsTable } from './settings-table.js';

/** Rows as lists of cells: how wide a formatter makes the columns says nothing. */
const rows = (table: string): string[][] =>
  table
    .trim()
    .split('\n')
    .filter((line) => !/^\|[\s|:-]+\|$/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));

describe('the table of settings', () => {
  it('stands in the README as it is in the code', () => {
    const readme = readFileSync(path.resolve(__dirname, '../../../README.md'), 'utf8');
    const [, inReadme = ''] = /<!-- settings:.*?-->\n([^]*?)<!-- \/settings -->/.exec(readme) ?? [];
    expect(rows(inReadme)).toEqual(rows(settingsTable()));
  });
});
