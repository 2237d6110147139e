import type { ClientApplication } from '@gatehouse/clients';
import type { Device, SessionOrigin } from '@gatehouse/sessions';

/** Who calls, through what: everything of a request that a use case may know besides its own input. */
export interface Caller {
  readonly requestId: string;
  readonly device: Device;
  readonly origin: SessionOrigin;
  /** The client application, where the contract names one: its links stand in the mails that the call causes. */
  readonly application: ClientApplication | null;
}
