import type { Request } from '../log.js';
import type { History } from './history.js';
import { type Kill, killsBy, setsPassword, type Victim } from './kills.js';
import { killsByReuse } from './reuses.js';

/** A moment, and the request that is the reason. */
export interface Death {
  readonly at: number;
  readonly cause: Request;
}

/** When tokens and passwords may have died, and by when they must have, by what the log tells of requests and answers. */
export class Deaths {
  private readonly kills = new Map<string, readonly Kill[]>();
  private readonly found = new Map<string, { may: Death | undefined; must: Death | undefined }>();

  constructor(private readonly history: History) {}

  mayBeDead(victim: Victim): Death | undefined {
    return this.of(victim).may;
  }

  isDead(victim: Victim): Death | undefined {
    return this.of(victim).must;
  }

  /** When the first act began that may have given the account a password later than this one. */
  passwordMayBeOver(account: string | undefined, password: number): Death | undefined {
    const [first] = this.replacements(account, password).sort((one, other) => one.sentAt - other.sentAt);
    return first && { at: first.sentAt, cause: first };
  }

  /** When the first such act was acknowledged. */
  passwordIsOver(account: string | undefined, password: number): Death | undefined {
    const cause = this.replacements(account, password).find(({ outcome }) => outcome === 'accepted');
    return cause && { at: cause.endedAt, cause };
  }

  private replacements(account: string | undefined, password: number): Request[] {
    return this.history
      .of(account)
      .filter(
        (request) =>
          setsPassword(request) && request.outcome !== 'refused' && (request.newPassword ?? 0) > password,
      );
  }

  private of(victim: Victim): { may: Death | undefined; must: Death | undefined } {
    const key = `${victim.session} ${victim.generation} ${victim.kind}`;
    let deaths = this.found.get(key);
    if (!deaths) {
      const kills = this.killsOf(victim.account);
      deaths = {
        may: earliest(kills, (kill) => kill.mayBeDeadFrom(victim)),
        must: earliest(kills, (kill) => kill.isDeadFrom(victim)),
      };
      this.found.set(key, deaths);
    }
    return deaths;
  }

  private killsOf(account: string | undefined): readonly Kill[] {
    const known = this.kills.get(account ?? '');
    if (known) return known;
    const requests = this.history.of(account);
    const sessions = new Set(requests.flatMap(({ session }) => session ?? []));
    const kills = [
      ...requests.flatMap((request) => killsBy(request, this.history)),
      ...[...sessions].flatMap((session) => killsByReuse(session, requests, this.history)),
    ];
    this.kills.set(account ?? '', kills);
    return kills;
  }
}

function earliest(kills: readonly Kill[], moment: (kill: Kill) => number | undefined): Death | undefined {
  let first: Death | undefined;
  for (const kill of kills) {
    const at = moment(kill);
    if (at !== undefined && (!first || at < first.at)) first = { at, cause: kill.cause };
  }
  return first;
}

/** The access token that a request presents. */
export const accessVictim = ({ account, session = '', generation = 0 }: Request): Victim => ({
  account,
  session,
  generation,
  kind: 'access',
});

/** The refresh token that a request presents. */
export const refreshVictim = ({ account, session = '', generation = 0 }: Request): Victim => ({
  account,
  session,
  generation,
  kind: 'refresh',
});
