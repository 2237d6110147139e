import { EmailAddress, NewPassword, OptionalText } from '@gatehouse/contract-kit';
import type { NewUser, Role, UserStatus } from '@gatehouse/users';
import { OptionalChoice, OptionalFlag, OptionalUsername } from './development-fields.js';

const ROLES = ['USER', 'ADMIN'] as const satisfies Role[];
const STATUSES = ['PENDING', 'ACTIVE', 'BLOCKED'] as const satisfies UserStatus[];

/** An account in any state, as no registration would make it. */
export class SeedUserDto {
  @OptionalUsername('The username; without one the e-mail address stands for it', 'mary')
  username?: string | null;

  @EmailAddress({ about: 'The e-mail address', example: 'mary@example.com' })
  email: string;

  @NewPassword({ about: 'The password', example: 'password123' })
  password: string;

  @OptionalText({ about: 'The first name', example: 'Mary', most: 100 })
  firstName?: string | null;

  @OptionalText({ about: 'The last name', example: 'Smith', most: 100 })
  lastName?: string | null;

  @OptionalText({ about: 'The phone number', example: '+1234567890', most: 50 })
  phoneNumber?: string | null;

  @OptionalChoice('What it may do', ROLES, 'USER')
  role?: Role | null;

  @OptionalChoice('PENDING: its address is not verified', STATUSES, 'ACTIVE')
  status?: UserStatus | null;

  @OptionalFlag('Whether its address is verified; left out: unless it is PENDING', (value, dto) =>
    value && (dto as SeedUserDto).status === 'PENDING'
      ? 'must not be true where status is PENDING'
      : undefined,
  )
  emailVerified?: boolean | null;

  /** @param passwordHash of `password` */
  toAccount(passwordHash: string): NewUser {
    const status = this.status ?? 'ACTIVE';
    return {
      username: this.username ?? undefined,
      email: this.email,
      passwordHash,
      firstName: this.firstName ?? undefined,
      lastName: this.lastName ?? undefined,
      phoneNumber: this.phoneNumber ?? undefined,
      role: this.role ?? 'USER',
      status,
      emailVerified: this.emailVerified ?? status !== 'PENDING',
    };
  }
}
