import { Injectable } from '@nestjs/common';

/** Whether this node still takes requests: a stopping one says so before it stops listening. */
@Injectable()
export class Readiness {
  private stopping = false;

  stop(): void {
    this.stopping = true;
  }

  get isStopping(): boolean {
    return this.stopping;
  }
}
