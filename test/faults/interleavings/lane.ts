import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from '../../support/http.js';
import { type Nodes, type Tokens, tokensOf } from './nodes.js';
import { SeededRandom } from '../../support/seeded-random.js';

/** What an interleaving did, counted over all of them. */
export interface Tally {
  revoked: number;
  changed: number;
  /** Tokens that had to be dead, and were asked about. */
  dead: number;
  /** Tokens that had to be alive. */
  alive: number;
  /** Refreshes and logins that raced and won. */
  minted: number;
}

/** How long after one another the acts of an interleaving begin, at the most (milliseconds). */
const SPREAD_MS = 4;

/** One account, on which one interleaving after another is played. */
export class Lane {
  private password = 'correct horse battery 0';
  private changes = 0;

  constructor(
    private readonly nodes: Nodes,
    private readonly username: string,
    private readonly tally: Tally,
  ) {}

  register(): Promise<void> {
    return this.nodes.register(this.username, this.password);
  }

  /** Plays the interleaving that follows from `seed` and gives what was wrong with it. */
  async play(seed: number): Promise<string[]> {
    const random = new SeededRandom(seed);
    const [main, other] = [await this.open(random), await this.open(random)];
    const acts = this.acts(random, main, other);
    const outcome = await acts.run();
    return this.judge(random, main, outcome);
  }

  private async open(random: SeededRandom): Promise<Tokens> {
    const answer = await this.nodes.login(this.username, this.password, random);
    if (answer.status !== 200) throw new Error(`a login by itself answered ${answer.status}: ${answer.text}`);
    return tokensOf(answer);
  }

  /** Some of: refreshes of the main session, its revocation, a password change by the other session, another login. */
  private acts(random: SeededRandom, main: Tokens, other: Tokens): Acts {
    const { nodes, username, password } = this;
    const acts = new Acts(random);
    const next = `correct horse battery ${++this.changes}`;
    for (let i = random.below(3); i > 0; i--) acts.add('refresh', () => nodes.refresh(main.refresh, random));
    if (random.chance(0.8)) acts.add('revoke', () => nodes.logout(main.access, random));
    if (random.chance(0.4))
      acts.add('change', async () => {
        const answer = await nodes.changePassword(other.access, password, next, random);
        if (answer.status < 300) this.password = next;
        return answer;
      });
    if (random.chance(0.4)) acts.add('login', () => nodes.login(username, password, random));
    return acts;
  }

  private async judge(random: SeededRandom, main: Tokens, outcome: Outcome): Promise<string[]> {
    const { nodes, tally } = this;
    const wrong = unexpected(outcome);
    const revoked = outcome.revoke.some(accepted);
    const changed = outcome.change.some(accepted);
    const refreshed = outcome.refresh.filter(accepted).map(tokensOf);
    const logins = outcome.login.filter(accepted).map(tokensOf);
    tally.revoked += Number(revoked);
    tally.changed += Number(changed);
    tally.minted += refreshed.length + logins.length;

    const ended = revoked || changed;
    const session = [main, ...refreshed];
    for (const [index, { access }] of session.entries())
      wrong.push(...(await this.expect(access, !ended, `access token ${index} of the main session`)));
    if (ended) {
      for (const { refresh } of distinct(session)) {
        const { status } = await nodes.refresh(refresh, random);
        if (status !== 401) wrong.push(`a refresh after the end was answered ${status}`);
      }
    }
    // The login was by the password that is gone: it failed, or its session ended with the change.
    for (const { access } of logins) wrong.push(...(await this.expect(access, !changed, 'the racing login')));
    return wrong;
  }

  private async expect(access: string, alive: boolean, what: string): Promise<string[]> {
    const statuses = (await this.nodes.validate(access)).map(({ status }) => status);
    this.tally[alive ? 'alive' : 'dead'] += 1;
    const right = statuses.every((status) => status === (alive ? 200 : 401));
    return right
      ? []
      : [`${what} must be ${alive ? 'alive' : 'dead'}, and the nodes say ${statuses.join(', ')}`];
  }
}

type Kind = 'refresh' | 'revoke' | 'change' | 'login';
type Outcome = Record<Kind, Answer[]>;

const accepted = ({ status }: Answer): boolean => status < 300;

/** What each act may be answered, whoever wins. */
const POSSIBLE: Record<Kind, readonly number[]> = {
  refresh: [200, 401],
  revoke: [200, 204, 401],
  change: [200, 204],
  login: [200, 401],
};

const unexpected = (outcome: Outcome): string[] =>
  (Object.keys(POSSIBLE) as Kind[]).flatMap((kind) =>
    outcome[kind]
      .filter(({ status }) => !POSSIBLE[kind].includes(status))
      .map(({ status, text }) => `${kind} was answered ${status}: ${text}`),
  );

/** Parallel refreshes give the same token more than once. */
const distinct = (tokens: readonly Tokens[]): Tokens[] => [
  ...new Map(tokens.map((pair) => [pair.refresh, pair])).values(),
];

/** Acts that begin a random moment after one another and then overlap as they will. */
class Acts {
  private readonly list: { kind: Kind; after: number; act: () => Promise<Answer> }[] = [];

  constructor(private readonly random: SeededRandom) {}

  add(kind: Kind, act: () => Promise<Answer>): void {
    this.list.push({ kind, after: this.random.next() * SPREAD_MS, act });
  }

  async run(): Promise<Outcome> {
    const outcome: Outcome = { refresh: [], revoke: [], change: [], login: [] };
    await Promise.all(
      this.list.map(async ({ kind, after, act }) => {
        await pause(after);
        outcome[kind].push(await act());
      }),
    );
    return outcome;
  }
}
