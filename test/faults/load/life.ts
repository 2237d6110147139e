import { setTimeout as pause } from 'node:timers/promises';
import { endSession, endSessions, logOut } from './ending.js';
import { now } from '../log.js';
import { anyOf, breathe, type Load } from './load.js';
import { logIn, register, settlePassword } from './opening.js';
import { changePassword, resetByMail, resetBySession } from './passwords.js';
import { Person } from './person.js';
import { refresh, reuse } from './refreshing.js';

/** Sessions of one person; below it they log in again. */
const SESSIONS = 4;
/** Acts until somebody else takes the place: so that accounts are made all the time. */
const ACTS = 10;

type Work = (person: Person) => Promise<unknown>;

/** What people do, how often beside one another, and from how many sessions on. @param grace of refresh tokens, in milliseconds */
const acts = (grace: number): readonly (readonly [weight: number, sessions: number, work: Work])[] => [
  [3, 1, (person) => person.load.validate(person.load.recorder.anyNode(), anyOf(person.sessions).access)],
  [5, 1, refresh],
  [7, 1, logOut],
  [4, 2, endSession],
  [2, 2, (person) => endSessions(person, true)],
  [1, 1, (person) => endSessions(person, false)],
  [3, 1, changePassword],
  [2, 1, resetBySession],
  [1, 0, resetByMail],
  [5, 1, (person) => reuse(person, grace)],
];

function choose(sessions: number, grace: number): Work {
  const possible = acts(grace).filter(([, least]) => sessions >= least);
  let lot = Math.random() * possible.reduce((sum, [weight]) => sum + weight, 0);
  return (possible.find(([weight]) => (lot -= weight) < 0) ?? possible[0])![2];
}

/** By the password that is relied on, or whichever is right. */
async function logInAnyhow(person: Person): Promise<void> {
  if ((await logIn(person)).outcome === 'refused') await settlePassword(person);
}

/**
 * One life after another until the load ends. Gives everybody who has lived.
 * @param later milliseconds until the first one begins: not all at once
 */
export async function live(load: Load, grace: number, later: number): Promise<Person[]> {
  const people: Person[] = [];
  await pause(later);
  while (!load.isEnding) {
    const person = new Person(load);
    people.push(person);
    await register(person);
    for (let act = 0; act < ACTS && !load.isEnding; act++) {
      const wanting = person.sessions.length < SESSIONS && Math.random() < 0.35;
      const from = now();
      if (person.sessions.length === 0 || wanting) await logInAnyhow(person);
      else await choose(person.sessions.length, grace)(person);
      await breathe(40, now() - from);
    }
  }
  return people;
}
