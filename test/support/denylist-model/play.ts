import { recovers } from './recovery.js';
import type { Profile } from './profile.js';
import { type Parts, PARTS } from './parts.js';
import { Stage } from './stage.js';

/** How one run went. */
export interface Outcome {
  readonly seed: number;
  readonly violation: string | undefined;
  /** What had not come back long after the faults; undefined where all had, or where that was not looked at. */
  readonly missing: string | undefined;
  /** When all was well again, in milliseconds after the last fault. */
  readonly recovered: number | undefined;
  readonly answers: Stage['clients']['answers'];
}

export interface Play {
  readonly parts?: Parts;
  readonly focus?: Partial<Profile>;
  /** Whether to see that everything comes back. */
  readonly recovery?: boolean;
  /** Where a trace is kept. */
  readonly notes?: string[];
}

/** One run with faults, and perhaps with their end. */
export async function play(seed: number, how: Play = {}): Promise<Outcome> {
  const { parts = PARTS, focus = {}, recovery = false, notes } = how;
  const stage = new Stage(seed, parts, focus, notes);
  const { world, profile, clients } = stage;
  await world.until(profile.lasts);
  const missing = recovery && stage.violation === undefined ? await recovers(stage) : undefined;
  const recovered = recovery ? world.now - profile.lasts : undefined;
  return { seed, violation: stage.violation, missing, recovered, answers: clients.answers };
}

/** So many runs at a time: they share the turns of the event loop. */
const AT_ONCE = 10;

/** Runs with `seeds`, in order, up to the first few of which one went wrong; gives how they went. */
export async function playAll(seeds: readonly number[], how: Play = {}): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  // A stack for each of a hundred thousand planned failures would be most of the work.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    for (let at = 0; at < seeds.length && !outcomes.some(isWrong); at += AT_ONCE)
      outcomes.push(...(await Promise.all(seeds.slice(at, at + AT_ONCE).map((seed) => play(seed, how)))));
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  return outcomes;
}

export const isWrong = ({ violation, missing }: Outcome): boolean =>
  violation !== undefined || missing !== undefined;

/** `count` numbers from `first` on. */
export const range = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => first + i);
