import { Injectable } from '@nestjs/common';
import type { DenylistStatus } from './denylist-status.js';

@Injectable()
export class Denylist {
  status(): DenylistStatus {
    return { source: 'postgres', reason: 'not_configured', leaseAgeMs: undefined, unpublished: undefined };
  }
}
