import { type ClientKind, type NewClient, SCOPES } from '@gatehouse/clients';
import { OptionalLink, Text } from '@gatehouse/contract-kit';
import { OptionalChoice, OptionalClientSecret, OptionalWords } from './development-fields.js';

const KINDS = ['public', 'confidential'] as const satisfies ClientKind[];

/** A client application with a secret that the test chooses. */
export class SeedClientDto {
  @Text({ about: 'A name that no other application has', example: 'shop', most: 100 })
  name: string;

  @OptionalChoice(
    'public: has an Api-Token and channels; confidential: has a secret and scopes',
    KINDS,
    'public',
  )
  kind?: ClientKind | null;

  @OptionalClientSecret('Its Api-Token or secret; left out: one is made', 'shop-api-token')
  secret?: string | null;

  @OptionalWords('The channels that a public application may use', ['web', 'ios'])
  channels?: string[] | null;

  @OptionalWords(`What a confidential application may do: ${SCOPES.join(', ')}`, [])
  scopes?: string[] | null;

  @OptionalLink({ about: 'Base of the verification links in mails', example: 'https://shop.example/verify' })
  verifyEmailUrl?: string | null;

  @OptionalLink({ about: 'Base of the reset links in mails', example: 'https://shop.example/reset' })
  passwordResetUrl?: string | null;

  toClient(): NewClient {
    return {
      name: this.name,
      kind: this.kind ?? 'public',
      secret: this.secret ?? undefined,
      channels: this.channels ?? [],
      scopes: this.scopes ?? [],
      verifyEmailUrl: this.verifyEmailUrl ?? undefined,
      passwordResetUrl: this.passwordResetUrl ?? undefined,
    };
  }
}
