import type { SessionId } from '@gatehouse/kernel';

/** A revocation as the copy holds it. */
export interface Entry {
  readonly sid: SessionId;
  /** See revocation-value.ts. */
  readonly value: string;
  /** Milliseconds since the epoch; from then on it refuses nothing any more. */
  readonly keepUntil: number;
}

/**
 * What a batch says of the server that ran it, read on the same connection and in the same pipeline, after the batch.
 * Undefined identity: the server is not a master.
 */
export interface Verified<T> {
  readonly ok: true;
  /** `master_replid` of a master. A batch counts only where this is the id that it was meant for. */
  readonly identity: string | undefined;
  readonly result: T;
}

/**
 * Why a batch has no answer. `unreachable`: no connection, a time-out, a lost connection: this node's own problem.
 * `refused`: the server said that it will not (READONLY, OOM): nobody's writes reach it.
 */
export interface Failed {
  readonly ok: false;
  readonly why: 'unreachable' | 'refused';
  readonly detail: string;
}

export type Batch<T> = Verified<T> | Failed;

/** What the copy says of one session. */
export interface Found {
  /** The field `!`: the id of the server for which the copy was completed. */
  readonly marker: string | undefined;
  readonly value: string | undefined;
}

export interface ServerState {
  readonly marker: string | undefined;
  /** Redis' `maxmemory_policy`. */
  readonly policy: string;
}

/** The copy of the revocations in one hash on one server, as a node reaches it. No batch is ever sent twice. */
export interface Copy {
  /** Whether the last batch was answered; a node that knows better asks PostgreSQL at once. */
  readonly reachable: boolean;
  /** One session's field and the marker; checks of one event-loop turn share a batch, never one sent already. */
  read(sid: SessionId): Promise<Batch<Found>>;
  /** Writes entries, monotone: a value never goes back. Gives the marker. */
  write(entries: readonly Entry[]): Promise<Batch<{ marker: string | undefined }>>;
  /** Puts a filler's token where the marker is, on a new connection. */
  begin(token: string): Promise<Batch<unknown>>;
  /** Puts the marker where the token still is; `completed` says whether it was. */
  complete(token: string, id: string): Promise<Batch<{ completed: boolean }>>;
  /** The marker and the server's settings. Connects where there is no connection. */
  probe(): Promise<Batch<ServerState>>;
  /** Gives up the connection: the next probe goes where the address leads by then. */
  leave(): void;
  /** Removes entries whose time was over before `before` (milliseconds since the epoch); gives how many. */
  sweep(before: number): Promise<number>;
}
