import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { UserId, UserUuid } from '@gatehouse/kernel';
import { bigintAsNumber } from '@gatehouse/database';

export type Role = 'USER' | 'ADMIN';
/** PENDING: the e-mail address is not verified; BLOCKED: may not log in. */
export type UserStatus = 'PENDING' | 'ACTIVE' | 'BLOCKED';

/** An account. The `…Key` columns hold what uniqueness and look-ups go by (see account-names.ts). */
@Entity('users')
@Unique('users_uuid_unique', ['uuid'])
@Unique('users_username_unique', ['usernameKey'])
@Unique('users_email_unique', ['emailKey'])
@Check('users_role_known', `role IN ('USER', 'ADMIN')`)
@Check('users_status_known', `status IN ('PENDING', 'ACTIVE', 'BLOCKED')`)
@Check('users_status_before_block_known', `status_before_block IN ('PENDING', 'ACTIVE')`)
@Check('users_username_has_key', '(username IS NULL) = (username_key IS NULL)')
export class User {
  @PrimaryColumn('bigint', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'users_pkey',
    transformer: bigintAsNumber,
  })
  id: UserId;

  @Column('uuid')
  uuid: UserUuid;

  @Column('text', { nullable: true })
  username: string | null;

  @Column('text', { nullable: true })
  usernameKey: string | null;

  @Column('text')
  email: string;

  @Column('text')
  emailKey: string;

  @Column('text', { nullable: true })
  firstName: string | null;

  @Column('text', { nullable: true })
  lastName: string | null;

  @Column('text', { nullable: true })
  phoneNumber: string | null;

  @Column('text', { nullable: true })
  profileImageLink: string | null;

  @Column('text')
  role: Role;

  @Column('text')
  status: UserStatus;

  /** What a BLOCKED account was, and is again when it is unblocked. */
  @Column('text', { nullable: true })
  statusBeforeBlock: 'PENDING' | 'ACTIVE' | null;

  @Column('timestamptz', { nullable: true })
  emailVerifiedAt: Date | null;

  @Column('text')
  passwordHash: string;

  /** Goes up with each change of the password: a login that began before the change finds another number and fails. */
  @Column('integer', { default: 1 })
  credentialVersion: number;

  @Column('timestamptz', { nullable: true })
  lastLoginAt: Date | null;

  @Column('timestamptz')
  createdAt: Date;
}

/** The name that a contract shows where it demands a username: the e-mail address where there is none. */
export const displayedUsername = (user: Pick<User, 'username' | 'email'>): string =>
  user.username ?? user.email;
