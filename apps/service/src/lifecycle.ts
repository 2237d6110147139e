/** The service was told to stop while it was still starting. */
export class StoppedWhileStarting extends Error {
  override readonly name = 'StoppedWhileStarting';
}

type Cleanup = () => Promise<unknown>;

/** How long a stop may take before the process ends anyway; SHUTDOWN_DELAY comes before it and does not count. */
export const STOP_MS = 20_000;

/** What was started, so that it can be stopped in the opposite order, once, whether by a signal or by a failure. */
export class Lifecycle {
  private readonly cleanups: Cleanup[] = [];
  private readonly controller = new AbortController();
  private stopping: Promise<void> | undefined;
  private resolveAsked = (): void => undefined;
  private readonly askedTo = new Promise<void>((resolve) => (this.resolveAsked = resolve));

  constructor() {
    // npm hands a signal on that the terminal has sent to everybody: the second one changes nothing.
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => this.ask());
  }

  /** Aborted when somebody asks the service to stop: for steps that may take long. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Asks the service to stop, as a signal does. */
  ask(): void {
    this.controller.abort();
    this.resolveAsked();
  }

  /** Runs one step of the start. Throws StoppedWhileStarting where a signal came during it. */
  async step<T>(start: () => Promise<T>, cleanup?: (started: T) => Promise<unknown>): Promise<T> {
    const started = await start();
    if (cleanup) this.cleanups.push(() => cleanup(started));
    if (this.signal.aborted) throw new StoppedWhileStarting();
    return started;
  }

  /** Settles when somebody asks the service to stop. */
  untilAsked(): Promise<void> {
    return this.askedTo;
  }

  /** Stops everything that was started, the newest first. A cleanup that fails does not keep the others from running. */
  stop(report: (error: unknown) => void): Promise<void> {
    this.stopping ??= this.runCleanups(report);
    return this.stopping;
  }

  private async runCleanups(report: (error: unknown) => void): Promise<void> {
    const deadline = setTimeout(() => {
      report(new Error('the service did not stop in time'));
      process.exit(1);
    }, STOP_MS);
    deadline.unref();
    for (const cleanup of this.cleanups.reverse()) await cleanup().catch(report);
    clearTimeout(deadline);
  }
}
