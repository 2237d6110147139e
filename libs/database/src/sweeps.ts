import { Injectable } from '@nestjs/common';

/** Rows of one kind that nobody needs any more, removed a batch at a time. */
export interface Sweep {
  /** What is removed, as figures and the log name it: `one_time_secrets`. Unique in the service. */
  readonly name: string;
  /**
   * Removes at most about `limit` rows, in statements that wait for nobody (`FOR UPDATE SKIP LOCKED`) and find them by an
   * index (`= ANY(ARRAY(SELECT …))`: for `IN (SELECT …)` PostgreSQL reads the whole table), and tells how many; 0 where there is nothing to do for now. Other nodes may do the same at the same time.
   */
  removeSome(limit: number): Promise<number>;
}

/** Where rooms say what of theirs is to be swept. Who sweeps is not here: the service does, a command line does not. */
@Injectable()
export class Sweeps {
  private readonly added: Sweep[] = [];

  add(sweep: Sweep): void {
    this.added.push(sweep);
  }

  get all(): readonly Sweep[] {
    return this.added;
  }
}
