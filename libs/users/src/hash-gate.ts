import { AuthError } from '@gatehouse/kernel';

/** How busy a gate is: hashes that run and that wait now, and how many it has refused since it was made. */
export interface HashLoad {
  readonly running: number;
  readonly waiting: number;
  readonly shed: number;
}

/**
 * Lets a few password hashes run at once and a bounded number wait, so that a flood of logins sheds load
 * (`overloaded`) instead of taking every processor from those who merely validate tokens.
 */
export class HashGate {
  private running = 0;
  private shed = 0;
  private readonly waiting: (() => void)[] = [];

  /** @param concurrency hashes at once; @param queue how many more may wait */
  constructor(
    private readonly concurrency: number,
    private readonly queue: number,
  ) {}

  get load(): HashLoad {
    return { running: this.running, waiting: this.waiting.length, shed: this.shed };
  }

  /** Runs `hash` when there is room. Throws AuthError `overloaded` when the queue is full. */
  async run<T>(hash: () => Promise<T>): Promise<T> {
    await this.enter();
    try {
      return await hash();
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.running < this.concurrency) {
      this.running++;
      return;
    }
    if (this.waiting.length >= this.queue) {
      this.shed++;
      throw new AuthError('overloaded', { retryAfter: 2 });
    }
    // The one who leaves hands its place over, so `running` stays as it is.
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running--;
  }
}
