import { setTimeout as pause } from 'node:timers/promises';
import type { Outcome as Answered, Tokens } from '../../conformance/clients/contract-client.js';
import { send } from '../../support/http.js';
import {
  type Act,
  ENDING_ACTS,
  type Grant,
  type LogWriter,
  type NodeName,
  now,
  type Outcome,
  type Request,
} from '../log.js';
import { type Clients, type ContractId, clientsOf, grantOf } from './clients.js';

/** Later than any answer may come, and than a stopped process goes on. */
const PATIENCE_MS = 12_000;
/** Requests that wait at one node, above which a load balancer would choose the other one. */
const BUSY = 12;

export const NODES: readonly NodeName[] = ['A', 'B'];

/** What a request presents and asks for, as the log has it. */
export type Facts = Pick<
  Request,
  | 'account'
  | 'session'
  | 'generation'
  | 'token'
  | 'refreshToken'
  | 'target'
  | 'password'
  | 'newPassword'
  | 'final'
>;

export interface Result {
  readonly outcome: Outcome;
  readonly status: number | null;
  readonly endedAt: number;
  readonly body: Answered['body'];
  /** Where the answer held tokens. */
  readonly granted: { readonly grant: Grant; readonly tokens: Tokens } | undefined;
}

type Answer = 'accepted' | 'refused' | 'acknowledged';

type Call = (clients: Clients, url: string) => Promise<Answered & { readonly valid?: boolean }>;

/** A request of no contract. */
export async function askPlainly(url: string): Promise<Answered> {
  const answer = await send('GET', url, { headers: { accept: 'application/json' } });
  return { ...answer, body: answer.json, tokens: { access: '', refresh: '' } };
}

/** Sends requests to the nodes and writes each with its answer to the log. */
export class Recorder {
  private readonly clients: Readonly<Record<NodeName, Clients>>;
  private readonly waiting: Record<NodeName, number> = { A: 0, B: 0 };
  /** What each node has answered: tokens that were accepted or refused, and acts that kill tokens, acknowledged. */
  private readonly answers: { readonly what: Answer; readonly node: NodeName; readonly sentAt: number }[] =
    [];

  /** @param urls where the nodes listen; asked at each request */
  constructor(
    private readonly log: LogWriter,
    private readonly urls: Readonly<Record<NodeName, () => string>>,
  ) {
    this.clients = { A: clientsOf(urls.A), B: clientsOf(urls.B) };
  }

  /** Any node; one that leaves many requests unanswered gets no further ones. */
  anyNode(): NodeName {
    const free = NODES.filter((node) => !this.isBusy(node));
    const choice = free.length > 0 ? free : NODES;
    return choice[Math.floor(Math.random() * choice.length)] as NodeName;
  }

  /** How many such answers the node has given to what was sent since a moment. */
  answered(node: NodeName, what: Answer, since: number): number {
    return this.answers.filter(
      (answer) => answer.node === node && answer.what === what && answer.sentAt > since,
    ).length;
  }

  isBusy(node: NodeName): boolean {
    return this.waiting[node] >= BUSY;
  }

  /** Never rejects because of what a node does: that is an outcome. */
  async ask(act: Act, node: NodeName, contract: ContractId, facts: Facts, call: Call): Promise<Result> {
    const sentAt = now();
    this.waiting[node]++;
    try {
      const answer = await orGiveUp(call(this.clients[node], this.urls[node]()));
      const { status, headers, body, tokens, valid } = answer;
      const outcome = outcomeOf(status, valid);
      const grant =
        tokens.access === '' || outcome !== 'accepted'
          ? undefined
          : grantOf(this.clients[node][contract], tokens);
      const endedAt = now();
      this.count(act, node, sentAt, outcome);
      const retryAfter = headers['retry-after'];
      this.log.write({
        ...{ kind: 'request', act, node, contract, sentAt, endedAt, outcome, status },
        ...{ ...facts, retryAfter, grant },
        ...(act === 'ready' && { source: body?.denylist?.source }),
      });
      return { outcome, status, endedAt, body, granted: grant && { grant, tokens } };
    } catch (error) {
      const failure = failureOf(error);
      const endedAt = now();
      const outcome = 'unanswered';
      this.log.write({
        ...{
          kind: 'request',
          act,
          node,
          contract,
          sentAt,
          endedAt,
          outcome,
          status: null,
          ...facts,
          failure,
        },
      });
      return { outcome, status: null, endedAt, body: undefined, granted: undefined };
    } finally {
      this.waiting[node]--;
    }
  }

  private count(act: Act, node: NodeName, sentAt: number, outcome: Outcome): void {
    if (ENDING_ACTS.includes(act) && outcome === 'accepted')
      this.answers.push({ what: 'acknowledged', node, sentAt });
    if (act === 'validate' && (outcome === 'accepted' || outcome === 'refused'))
      this.answers.push({ what: outcome, node, sentAt });
  }
}

function outcomeOf(status: number, valid: boolean | undefined): Outcome {
  if (valid) return 'accepted';
  if (status === 503) return 'unavailable';
  if (status >= 500) return 'failed';
  // what was asked about a token tells only that it is not accepted: 200 with `valid: false`, or 401
  if (valid === false) return status === 200 || status === 401 ? 'refused' : 'failed';
  return status < 400 ? 'accepted' : 'refused';
}

class GaveUp extends Error {
  readonly code = 'gave up';
}

async function orGiveUp<T>(asked: Promise<T>): Promise<T> {
  const answered = new AbortController();
  const late = pause(PATIENCE_MS, undefined, { signal: answered.signal }).then(
    () => Promise.reject(new GaveUp()),
    () => new Promise<never>(() => undefined),
  );
  return Promise.race([asked, late]).finally(() => answered.abort());
}

/** System errors and broken HTTP have codes; anything else is a fault of the test. */
function failureOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string') throw error;
  return code;
}
