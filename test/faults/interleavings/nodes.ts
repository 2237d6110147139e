import http from 'node:http';
import { type Answer, bearer, send } from '../../support/http.js';
import type { SeededRandom } from '../../support/seeded-random.js';

export interface Tokens {
  readonly access: string;
  readonly refresh: string;
}

/** Two nodes behind one client that sends each request to either of them. */
export class Nodes {
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

  constructor(private readonly urls: readonly string[]) {}

  async register(username: string, password: string): Promise<void> {
    const body = { username, email: `${username}@example.com`, password };
    const { status, text } = await this.camel('POST', 'register', this.urls[0] as string, { body });
    if (status !== 201) throw new Error(`registration answered ${status}: ${text}`);
  }

  login(username: string, password: string, random: SeededRandom): Promise<Answer> {
    return this.camel('POST', 'login', random.pick(this.urls), { body: { username, password } });
  }

  refresh(refreshToken: string, random: SeededRandom): Promise<Answer> {
    return this.camel('POST', 'refresh', random.pick(this.urls), { body: { refreshToken } });
  }

  logout(access: string, random: SeededRandom): Promise<Answer> {
    return this.camel('POST', 'logout', random.pick(this.urls), { headers: bearer(access) });
  }

  changePassword(access: string, from: string, to: string, random: SeededRandom): Promise<Answer> {
    return this.camel('PUT', 'change-password', random.pick(this.urls), {
      headers: bearer(access),
      body: { currentPassword: from, newPassword: to },
    });
  }

  /** What each node says of the access token. */
  validate(access: string): Promise<Answer[]> {
    return Promise.all(
      this.urls.map((url) =>
        send('PUT', `${url}/token/v1/auth/token/verify`, { headers: bearer(access), agent: this.agent }),
      ),
    );
  }

  close(): void {
    this.agent.destroy();
  }

  private camel(
    method: string,
    path: string,
    url: string,
    sent: { headers?: Record<string, string>; body?: unknown },
  ): Promise<Answer> {
    return send(method, `${url}/camel/api/v1/auth/${path}`, { ...sent, agent: this.agent });
  }
}

export const tokensOf = ({ json }: Answer): Tokens => ({
  access: json.accessToken,
  refresh: json.refreshToken,
});
