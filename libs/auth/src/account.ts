import type { UserId, UserUuid } from '@gatehouse/kernel';
import { displayedUsername, joinNames, type User } from '@gatehouse/users';

export interface ProfileImage {
  /** The last part of the link's path. */
  readonly name: string;
  readonly link: string;
}

const imageOf = (link: string | null): ProfileImage | null => {
  if (link === null) return null;
  const { pathname, host } = new URL(link);
  return { name: pathname.split('/').filter(Boolean).at(-1) ?? host, link };
};

/** An account as contracts may show it: what is not here cannot leak into an answer. */
export interface Account {
  readonly id: UserId;
  readonly uuid: UserUuid;
  readonly username: string | null;
  /** The username, or the e-mail address where there is none. */
  readonly displayedName: string;
  readonly email: string;
  readonly emailVerifiedAt: Date | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  /** Both names joined, or null where there is none. */
  readonly fullName: string | null;
  readonly profileImage: ProfileImage | null;
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
  emailVerifiedAt: user.emailVerifiedAt,
  firstName: user.firstName,
  lastName: user.lastName,
  fullName: joinNames(user),
  profileImage: imageOf(user.profileImageLink),
  role: user.role,
  status: user.status,
  createdAt: user.createdAt,
  lastLoginAt: user.lastLoginAt,
});
