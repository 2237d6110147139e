import type { Grant, Line, Mark, NodeName, Request, Round } from '../log.js';

/** How long after the cause of a fault is gone something that was not answered may still be carried out. */
const CARRIED_OUT_MS = 5_000;

/** A session, as the answer that opened it tells. */
export interface Opened {
  readonly by: Request;
  readonly grant: Grant;
}

/** A log, put in order so that rules can ask about it. */
export class History {
  readonly round: Round;
  /** In the order in which they ended. */
  readonly requests: readonly Request[];
  readonly sessions: ReadonlyMap<string, Opened>;
  private readonly marks: readonly Mark[];
  private readonly accounts: ReadonlyMap<string, readonly Request[]>;

  constructor(readonly lines: readonly Line[]) {
    const [round] = lines.filter((line) => line.kind === 'round');
    if (!round) throw new Error('the log does not say what the round was');
    this.round = round;
    this.marks = lines.filter((line) => line.kind === 'mark');
    this.requests = lines
      .filter((line) => line.kind === 'request')
      .sort((one, other) => one.endedAt - other.endedAt);
    this.accounts = grouped(this.requests, ({ account }) => account);
    const sessions = new Map<string, Opened>();
    for (const by of this.requests) {
      if (by.grant && !sessions.has(by.grant.session))
        sessions.set(by.grant.session, { by, grant: by.grant });
    }
    this.sessions = sessions;
  }

  of(account: string | undefined): readonly Request[] {
    return (account !== undefined && this.accounts.get(account)) || [];
  }

  get everyAccount(): Iterable<readonly [account: string, requests: readonly Request[]]> {
    return this.accounts;
  }

  /** When the first such mark was made. */
  at(what: Mark['what']): number | undefined {
    return this.marks.find((mark) => mark.what === what)?.at;
  }

  /** The times between each `from` and the `to` that follows, of one node; open ends last for ever. */
  spans(from: Mark['what'], to: Mark['what'], node: NodeName): readonly (readonly [number, number])[] {
    const own = this.marks.filter((mark) => mark.node === node);
    return own.flatMap((mark, index) => {
      if (mark.what !== from) return [];
      const end = own.slice(index).find(({ what }) => what === to);
      return [[mark.at, end?.at ?? Infinity] as const];
    });
  }

  /** The last moment at which a request may have taken effect. */
  latestEffect({ outcome, endedAt }: Request): number {
    if (outcome === 'accepted' || outcome === 'refused') return endedAt;
    return Math.max(endedAt, this.at('over') ?? 0) + CARRIED_OUT_MS;
  }
}

/** By key; those without one are left out. */
export function grouped<T>(items: readonly T[], keyOf: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
