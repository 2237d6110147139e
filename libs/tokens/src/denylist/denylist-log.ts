import { Logger } from '@nestjs/common';
import type { Report } from './report.js';

/** The denylist's life in the log: each change once, not once a second. */
export class DenylistLog implements Report {
  private readonly logger = new Logger('Denylist');
  private readonly failing = new Set<string>();
  private saidPolicy: string | undefined;
  private saidNotFilled: string | undefined;

  trusted(): void {
    this.saidNotFilled = undefined;
    this.logger.log({ event: 'denylist_trusted', about: 'the copy in Redis is complete and answers' });
  }

  distrusted(reason: string): void {
    this.logger.warn({
      event: 'denylist_distrusted',
      reason,
      about: 'PostgreSQL answers until it is filled again',
    });
  }

  notFilled(reason: string): void {
    if (this.saidNotFilled !== reason) this.logger.warn({ event: 'denylist_not_filled', reason });
    this.saidNotFilled = reason;
  }

  published(count: number): void {
    this.logger.log({ event: 'denylist_published', count, about: 'revocations that another node had left' });
  }

  reached(reachable: boolean, reason?: string): void {
    if (reachable) this.logger.log({ event: 'redis_reached' });
    else this.logger.warn({ event: 'redis_unreachable', reason, about: 'this node asks PostgreSQL instead' });
  }

  looked(): void {
    if (this.failing.size > 0) this.logger.log({ event: 'denylist_recovered' });
    this.failing.clear();
  }

  failed(step: string, error: unknown): void {
    if (!this.failing.has(step)) this.logger.warn({ event: 'denylist_failed', step, error });
    this.failing.add(step);
  }

  policy(name: string, good: boolean): void {
    if (!good && this.saidPolicy !== name)
      this.logger.error({
        event: 'redis_may_evict',
        policy: name,
        about: 'Redis may lose revocations, so it is not asked: set its maxmemory-policy to noeviction',
      });
    this.saidPolicy = name;
  }
}
