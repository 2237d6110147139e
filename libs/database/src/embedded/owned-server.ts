import type pg from 'pg';
import { claim, reach } from './connection.js';
import type { DataDir } from './data-dir.js';
import { lastWords } from './launch-server.js';
import { endServer, isAlive, poll } from './process-state.js';
import type { RunningServer } from './running-server.js';

type ExitListener = (reason: string) => void;

/** A server this process owns: notices when it dies by itself, and stops it. */
export class OwnedServer {
  private readonly listeners: ExitListener[] = [];
  private stopping: Promise<void> | undefined;
  private lost: string | undefined;

  /** @param client the connection that holds the lock */
  constructor(
    private readonly server: RunningServer,
    private readonly dataDir: DataDir,
    private readonly password: string,
    private client: pg.Client,
  ) {
    this.watch();
  }

  /** Calls the listener once if the server ends without `stop`, also if that has happened already. */
  onExit(listener: ExitListener): void {
    const { lost } = this;
    if (lost !== undefined) queueMicrotask(() => listener(lost));
    else this.listeners.push(listener);
  }

  /** Ends the server and resolves when its process is gone; further calls wait for the same end. */
  stop(): Promise<void> {
    this.stopping ??= this.end();
    return this.stopping;
  }

  private async end(): Promise<void> {
    if (this.lost !== undefined) return; // it has ended, or belongs to another process now
    await endServer(this.server.pid);
    await this.client.end().catch(() => undefined);
  }

  private watch(): void {
    this.client.once('end', () => void this.recover());
  }

  /** A lost connection is not yet a lost server: when one of its processes crashes, PostgreSQL drops all connections and comes back. */
  private async recover(): Promise<void> {
    if (this.stopping) return;
    // the connection ends a moment before its process does
    await poll(500, () => this.stopping !== undefined || !isAlive(this.server.pid));
    try {
      const client = isAlive(this.server.pid)
        ? await reach(this.dataDir, this.server, this.password)
        : undefined;
      if (this.stopping) return void client?.end().catch(() => undefined);
      if (!client) {
        return this.lose(`PostgreSQL (process ${this.server.pid}) has ended: ${lastWords(this.dataDir)}`);
      }
      await claim(client, this.dataDir);
      this.client = client;
      this.watch();
    } catch (error) {
      if (!this.stopping) this.lose(`PostgreSQL is lost: ${(error as Error).message}`);
    }
  }

  private lose(reason: string): void {
    this.lost = reason;
    for (const listener of this.listeners.splice(0)) listener(reason);
  }
}
