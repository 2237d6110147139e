import { randomBytes } from 'node:crypto';
import type { Tokens } from '../../conformance/clients/contract-client.js';
import type { Grant } from '../log.js';
import type { ContractId } from './clients.js';
import type { Load } from './load.js';
import type { HeldToken } from './token-pool.js';

/** What refreshes a session, or did. */
export interface HeldRefresh {
  readonly tokens: Tokens;
  readonly grant: Grant;
}

export interface HeldSession {
  readonly id: string;
  readonly contract: ContractId;
  access: HeldToken;
  refresh: HeldRefresh;
  /** Spent ones, oldest first, and when their successor was there. */
  readonly spent: (HeldRefresh & { readonly since: number })[];
}

/** Somebody with an account and sessions, and what they know of both. What each does is the acts'. */
export class Person {
  readonly account: string;
  readonly email: string;
  sessions: HeldSession[] = [];
  /** The password that the person relies on. */
  password = 1;
  /** The last that was chosen: later than `password` where nobody has said whether it was taken. */
  chosen = 1;
  /** Whether somebody has said that the account is there. */
  registered = false;

  constructor(readonly load: Load) {
    this.account = `p${randomBytes(6).toString('hex')}`;
    this.email = `${this.account}@example.com`;
  }

  passwordText(number: number): string {
    return `password ${number} of ${this.account}`;
  }

  /** Keeps the tokens of an answer. */
  keep(contract: ContractId, { grant, tokens }: HeldRefresh): HeldSession {
    const { session, generation, token } = grant;
    const access = { value: tokens.access, facts: { account: this.account, session, generation, token } };
    const held = { id: session, contract, access, refresh: { tokens, grant }, spent: [] };
    this.load.pool.add(access);
    this.sessions.push(held);
    return held;
  }

  /** The session is over, or may be: its tokens are tried by others from now on. Gives its access tokens. */
  lose(session: HeldSession): HeldToken[] {
    this.sessions = this.sessions.filter((held) => held !== session);
    return this.load.pool.bury(({ facts }) => facts.session === session.id);
  }

  /** All but one. */
  loseOthers(kept?: HeldSession): HeldToken[] {
    return this.sessions.filter((session) => session !== kept).flatMap((session) => this.lose(session));
  }
}
