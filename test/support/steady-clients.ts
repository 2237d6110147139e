import http from 'node:http';
import type { Balancer } from './balancer.js';
import { type Answer, bearer, send } from './http.js';
import { camel, freshName, PASSWORD } from './race-client.js';

/** One request: which node it went to, and its answer or what happened instead. */
export interface Exchange {
  readonly node: string;
  readonly answer: Answer | Error;
}

/** How often a client logs in, in turn with the validations of what that gave. */
const VALIDATIONS_PER_LOGIN = 10;

/** Clients that keep their connections and send one request after the other, until they are told to stop. */
export class SteadyClients {
  readonly exchanges: Exchange[] = [];
  private readonly agents: http.Agent[] = [];
  private readonly running: Promise<void>[] = [];
  private stopping = false;

  constructor(private readonly balancer: Balancer) {}

  /** Starts so many more of them, each with an account of its own. */
  async start(count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      const username = freshName();
      const account = { username, email: `${username}@example.com` };
      const answer = await camel.register(this.balancer.next(), account);
      if (answer.status !== 201) throw new Error(`registration answered ${answer.status}: ${answer.text}`);
      this.running.push(this.drive(username, camel.tokensOf(answer).access));
    }
  }

  /** Lets the requests finish that are on their way. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.running);
    for (const agent of this.agents) agent.destroy();
  }

  private async drive(username: string, opened: string): Promise<void> {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    this.agents.push(agent);
    let access = opened;
    const verify = (url: string): Promise<Answer> =>
      send('PUT', `${url}/v1/auth/token/verify`, { headers: bearer(access), agent });
    const login = (url: string): Promise<Answer> => {
      const body = { username, password: PASSWORD };
      return send('POST', `${url}/camel/api/v1/auth/login`, { body, agent });
    };
    for (let turn = 1; !this.stopping; turn++) {
      const logsIn = turn % VALIDATIONS_PER_LOGIN === 0;
      const answer = await this.ask(logsIn ? login : verify);
      if (logsIn && answer?.status === 200) access = camel.tokensOf(answer).access;
    }
  }

  private async ask(request: (url: string) => Promise<Answer>): Promise<Answer | undefined> {
    const node = this.balancer.next();
    const answer = await request(node).catch((error: Error) => error);
    this.exchanges.push({ node, answer });
    return answer instanceof Error ? undefined : answer;
  }
}
