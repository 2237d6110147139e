import type { Device, SessionOrigin } from '@gatehouse/sessions';

/** Who calls, through what: everything of a request that a use case may know besides its own input. */
export interface Caller {
  readonly requestId: string;
  readonly device: Device;
  readonly origin: SessionOrigin;
}
