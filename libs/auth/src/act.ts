import type { Act } from '@gatehouse/audit';
import type { UserId } from '@gatehouse/kernel';
import type { Caller } from './caller.js';

/** What a caller does, as it is recorded. @param by whom it is proved to be, or null where that is not known */
export const actOf = ({ requestId, device, origin }: Caller, by: UserId | null): Act => ({
  actor: by === null ? null : `user:${by}`,
  contract: origin.contract,
  clientId: origin.clientId,
  ip: device.ip,
  userAgent: device.userAgent,
  requestId,
});
