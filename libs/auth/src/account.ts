import type { UserId, UserUuid } from '@gatehouse/kernel';
import { displayedUsername, type User } from '@gatehouse/users';

/** An account as contracts may show it: what is not here cannot leak into an answer. */
export interface Account {
  readonly id: UserId;
  readonly uuid: UserUuid;
  readonly username: string | null;
  /** The username, or the e-mail address where there is none. */
  readonly displayedName: string;
  readonly email: string;
  readonly role: 'USER' | 'ADMIN';
  readonly status: 'PENDING' | 'ACTIVE' | 'BLOCKED';
  readonly createdAt: Date;
  readonly lastLoginAt: Date | null;
}

export const accountOf = (user: User): Account => ({
  id: user.id,
  uuid: user.uuid,
  username: user.username,
  displayedName: displayedUsername(user),
  email: user.email,
  role: user.role,
  status: user.status,
  createdAt: user.createdAt,
  lastLoginAt: user.lastLoginAt,
});
