import type { ExecutionContext } from '@nestjs/common';

/**
 * The request that a guard or a parameter is asked about: what `switchToHttp().getRequest()` gives, without the three
 * functions that Nest makes for that each time.
 */
export const requestOf = <Request>(context: ExecutionContext): Request => context.getArgByIndex<Request>(0);
