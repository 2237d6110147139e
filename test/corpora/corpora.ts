import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Public test data that lies beside the checkout, not in it: CORPORA_DIR names the folder, which holds
 * `blns/blns.json` (minimaxir/big-list-of-naughty-strings), `json/test_parsing` (nst/JSONTestSuite) and
 * `wycheproof/json_web_signature_test.json` (C2SP/wycheproof, testvectors_v1).
 */
const read = (name: string): Buffer => readFileSync(path.join(process.env['CORPORA_DIR'] ?? '.', name));

export const hostileStrings = (): string[] => JSON.parse(read('blns/blns.json').toString()) as string[];

/** Bodies by the names of their files: `y_` is JSON, `n_` is none, `i_` is either. */
export const jsonBodies = (): [name: string, bytes: Buffer][] =>
  readdirSync(path.join(process.env['CORPORA_DIR'] ?? '.', 'json/test_parsing'))
    .sort()
    .map((name) => [name, read(`json/test_parsing/${name}`)]);

export interface JwsVector {
  readonly tcId: number;
  readonly comment: string;
  readonly result: 'valid' | 'invalid';
  readonly jws: string;
  /** The key that it was made with, or claims to be. */
  readonly key: Readonly<Record<string, string>>;
}

interface Groups {
  readonly testGroups: {
    readonly public?: Record<string, string>;
    readonly private?: Record<string, string>;
    readonly tests: { tcId: number; comment: string; result: 'valid' | 'invalid'; jws: unknown }[];
  }[];
}

/** A vector in the JSON serialization is given as the text of that. */
export const jwsVectors = (): JwsVector[] =>
  (JSON.parse(read('wycheproof/json_web_signature_test.json').toString()) as Groups).testGroups.flatMap(
    (group) =>
      group.tests.map((test) => ({
        ...test,
        jws: typeof test.jws === 'string' ? test.jws : JSON.stringify(test.jws),
        key: group.public ?? group.private ?? {},
      })),
  );

/** How often each status was answered, and what should not have been; printed at the end. */
export class Tally {
  private readonly statuses = new Map<number, number>();
  readonly wrong: string[] = [];

  count(status: number, wrong: boolean, what: string): void {
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    if (wrong) this.wrong.push(`${status}: ${what}`);
  }

  get total(): number {
    return [...this.statuses.values()].reduce((sum, count) => sum + count, 0);
  }

  toString(): string {
    const counts = [...this.statuses].sort().map(([status, count]) => `${count} × ${status}`);
    return `${this.total} requests: ${counts.join(', ')}`;
  }
}
