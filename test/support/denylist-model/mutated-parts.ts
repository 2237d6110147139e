import { readFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from '@swc/core';
import * as crypto from 'node:crypto';
import * as nestCommon from '@nestjs/common';
import * as database from '@gatehouse/database';
import * as kernel from '@gatehouse/kernel';
import * as value from '../../../libs/tokens/src/revocation-value.js';
import type { Parts } from './parts.js';

/** A mistake in the text of one of the files: what stands there, and what somebody might have written instead. */
export interface Mistake {
  readonly file: string;
  readonly right: string;
  readonly wrong: string;
}

const FOLDER = path.resolve(__dirname, '../../../libs/tokens/src/denylist');

/** What stays as it is. */
const OUTSIDE: Record<string, unknown> = {
  'node:crypto': crypto,
  '@nestjs/common': nestCommon,
  '@gatehouse/database': database,
  '@gatehouse/kernel': kernel,
  '../revocation-value.js': value,
};

const compiled = new Map<string, string>();

/** The node's parts from a copy of their text with these mistakes. Throws where what should stand there does not. */
export function partsWith(mistakes: readonly Mistake[]): Parts {
  const modules = new Map<string, Record<string, unknown>>();
  const load = (file: string): Record<string, unknown> => {
    const known = modules.get(file);
    if (known) return known;
    const exports: Record<string, unknown> = {};
    modules.set(file, exports);
    // In this realm, unlike what node:vm offers: an Error of the model must be an Error there too.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- our own text, of this checkout
    const run = new Function('exports', 'require', codeOf(file, mistakes)) as (
      exports: Record<string, unknown>,
      require: (name: string) => unknown,
    ) => void;
    run(exports, (name) => OUTSIDE[name] ?? load(name.replace(/^\.\/(.*)\.js$/, '$1.ts')));
    return exports;
  };
  return {
    ...load('denylist-node.ts'),
    ...load('upkeep.ts'),
    ...load('truth.ts'),
    ...load('redis-copy.ts'),
    ...load('batched-revocations.ts'),
  } as unknown as Parts;
}

function codeOf(file: string, mistakes: readonly Mistake[]): string {
  const source = mistakes
    .filter((mistake) => mistake.file === file)
    .reduce(planted, readFileSync(path.join(FOLDER, file), 'utf8'));
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const { code } = transformSync(source, {
    swcrc: false,
    configFile: false,
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
    },
    module: { type: 'commonjs' },
  });
  compiled.set(source, code);
  return code;
}

function planted(text: string, { file, right, wrong }: Mistake): string {
  const parts = text.split(right);
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${right}`);
  return parts.join(wrong);
}
