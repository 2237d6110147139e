import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';

export type NodeName = 'A' | 'B';

/** What a request asked for, by whatever contract. */
export type Act =
  /** `/health/ready`. */
  | 'ready'
  | 'register'
  | 'log-in'
  /** Any call that a live access token is accepted by and that changes nothing. */
  | 'validate'
  | 'refresh'
  /** Ends the session of the presented token: logout or revoke. */
  | 'log-out'
  /** Ends the session `target`. */
  | 'end-session'
  /** Ends the account's sessions but the one that asks. */
  | 'end-others'
  /** Ends all of the account's sessions. */
  | 'end-all'
  /** Asks for the current password; ends the account's sessions but the one that asks. */
  | 'change-password'
  /** By the session alone, which goes on under new tokens; the others end. */
  | 'reset-by-session'
  /** Asks for a mail with a link. */
  | 'request-reset'
  /** By a mailed link; all sessions end. */
  | 'reset-by-mail'
  /** Reads the mailed link, or the list of sessions. */
  | 'look';

/**
 * Acts that kill tokens, and are acknowledged only when every node refuses those: at once where Redis takes the
 * revocation, else after WAIT_MS.
 */
export const ENDING_ACTS: readonly Act[] = [
  ...(['log-out', 'end-session', 'end-others', 'end-all'] as const),
  ...(['change-password', 'reset-by-session', 'reset-by-mail'] as const),
];

/** By then every node has read a revocation in PostgreSQL, or has no lease that lets it do without. */
export const WAIT_MS = 3_500;

export type Outcome =
  | 'accepted'
  /** A 4xx, or whatever a contract says of a token that it does not accept. */
  | 'refused'
  /** 503. */
  | 'unavailable'
  /** Any other status. */
  | 'failed'
  /** No answer: the connection failed, broke, or the client gave up. */
  | 'unanswered';

/** The tokens that an answer held. Access and refresh tokens are named, so that the log holds no secrets. */
export interface Grant {
  readonly session: string;
  readonly token: string;
  readonly generation: number;
  /** The refresh secret: signed twice it has one name. */
  readonly refreshToken: string;
  /** Whether a refresh replaces what refreshes. */
  readonly rotates: boolean;
  /** Whether a refresh replaces the access token too, which is then refused after the grace interval. */
  readonly replacesAccess: boolean;
}

/** A request and its answer. Times are milliseconds of one monotonic clock, that of the client's process. */
export interface Request {
  readonly kind: 'request';
  readonly act: Act;
  readonly node: NodeName;
  readonly contract: string;
  readonly sentAt: number;
  /** When the whole answer was there, or when there was no more hope for one. */
  readonly endedAt: number;
  readonly outcome: Outcome;
  /** Null where there was no answer. */
  readonly status: number | null;
  readonly retryAfter?: string | undefined;
  /** Why there was no answer. */
  readonly failure?: string | undefined;
  readonly account?: string | undefined;
  /** Of the presented access or refresh token. */
  readonly session?: string | undefined;
  readonly generation?: number | undefined;
  /** The access token that was presented. */
  readonly token?: string | undefined;
  /** The refresh token that was presented. */
  readonly refreshToken?: string | undefined;
  /** The session to be ended, where it is not the asking one. */
  readonly target?: string | undefined;
  /** Passwords of an account are numbered from 1 in the order in which they were chosen. */
  readonly password?: number | undefined;
  readonly newPassword?: number | undefined;
  readonly grant?: Grant | undefined;
  /** Which store the node asks about revocations, as `/health/ready` says. */
  readonly source?: string | undefined;
  /** Asked after everything had settled, to learn which password an account has. */
  readonly final?: true | undefined;
}

/** What the test did, or saw, between the requests. */
export interface Mark {
  readonly kind: 'mark';
  readonly at: number;
  readonly what:
    /** The fault begins. */
    | 'fault'
    /** Its cause is gone. */
    | 'over'
    /** Both nodes have said again that they are ready, and that Redis answers. */
    | 'recovered'
    /** The load has ended: every request has its answer or none. */
    | 'settled'
    /** A node's process is stopped by a signal, and goes on. */
    | 'paused'
    | 'resumed'
    /** A node's process is killed, and its successor listens. */
    | 'down'
    | 'up';
  readonly node?: NodeName | undefined;
}

/** The first line: what the round was. */
export interface Round {
  readonly kind: 'round';
  readonly fault: string;
  /** The nodes that may answer 503 while the fault lasts and until they have recovered. */
  readonly mayRefuse: readonly NodeName[];
  /** How long everything may take to come back once the cause is gone, in milliseconds. */
  readonly recoveryLimit: number;
  /** REFRESH_REUSE_GRACE of the nodes, in milliseconds. */
  readonly grace: number;
}

/** What PostgreSQL says of a session, read at `at`. */
export interface Truth {
  readonly kind: 'truth';
  readonly at: number;
  readonly session: string;
  readonly ended: boolean;
  /** Access tokens of generations below it are dead; 0: none are. */
  readonly deadBelow: number;
}

/** What the Redis that the nodes use holds, compared with PostgreSQL once the load has ended. */
export interface Copy {
  readonly kind: 'copy';
  readonly at: number;
  /** Whether the marker stands. */
  readonly marked: boolean;
  /** Sessions whose revocation is due, and not in Redis. */
  readonly missing: readonly string[];
  /** Revocations that PostgreSQL does not know to be in Redis. */
  readonly unpublished: number;
}

export type Line = Request | Mark | Round | Truth | Copy;

/** Writes lines as they happen, one JSON object each. */
export class LogWriter {
  private waiting = '';

  /** @param file made new: another run's lines would be taken for this one's */
  constructor(private readonly file: string) {
    writeFileSync(file, '');
  }

  write(line: Line): void {
    this.waiting += `${JSON.stringify(line)}\n`;
    if (this.waiting.length > 64 * 1024) this.flush();
  }

  flush(): void {
    appendFileSync(this.file, this.waiting);
    this.waiting = '';
  }
}

export function readLog(file: string): Line[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Line);
}

/** The client's clock: monotonic, milliseconds. */
export const now = (): number => Math.round(performance.now() * 1000) / 1000;
