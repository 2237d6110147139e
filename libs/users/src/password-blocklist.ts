import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CONFIG, type Config } from '@gatehouse/config';
import { characterCount } from '@gatehouse/kernel';
import { normalisedPassword, PASSWORD_LEAST } from './password-policy.js';

const folded = (password: string): string => normalisedPassword(password).toLowerCase();

/**
 * The passwords that everybody tries first, from the list of @zxcvbn-ts/language-common (MIT): 18,000 of them are long
 * enough to be one here. Read once at start, and only where PASSWORD_BLOCKLIST is on.
 */
@Injectable()
export class PasswordBlocklist implements OnModuleInit {
  private entries: ReadonlySet<string> = new Set();

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async onModuleInit(): Promise<void> {
    if (!this.config.passwordBlocklist) return;
    const { dictionary } = await import('@zxcvbn-ts/language-common');
    const common: readonly string[] = dictionary.passwords;
    this.entries = new Set(common.filter((entry) => characterCount(entry) >= PASSWORD_LEAST).map(folded));
  }

  /** Whether the password is on the list, in whatever case. */
  has(password: string): boolean {
    return this.entries.has(folded(password));
  }
}
