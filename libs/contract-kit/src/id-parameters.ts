import { Injectable, type PipeTransform } from '@nestjs/common';
import { fieldFault, isUuid, type SessionId, type UserId } from '@gatehouse/kernel';

/** Number 0 is no account's: what is too large to be one is as unknown as any other. */
const NOBODY = 0 as UserId;

/** A numeric account id of a path. Throws AuthError `validation_failed`. */
@Injectable()
export class UserIdParam implements PipeTransform<string, UserId> {
  transform(text: string): UserId {
    if (!/^\d{1,19}$/.test(text)) throw fieldFault('userId', 'must be the numeric id of a user');
    const id = Number(text);
    return Number.isSafeInteger(id) ? (id as UserId) : NOBODY;
  }
}

/** A session's UUID of a path. Throws AuthError `validation_failed`. */
@Injectable()
export class SessionIdParam implements PipeTransform<string, SessionId> {
  transform(text: string): SessionId {
    const id = text.toLowerCase();
    if (!isUuid(id)) throw fieldFault('sessionId', 'must be the UUID of a session');
    return id as SessionId;
  }
}
