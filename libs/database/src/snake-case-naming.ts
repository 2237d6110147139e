import { DefaultNamingStrategy } from 'typeorm';

/** `emailVerifiedAt` in an entity is `email_verified_at` in PostgreSQL. */
export class SnakeCaseNaming extends DefaultNamingStrategy {
  override columnName(property: string, custom: string, prefixes: string[]): string {
    return (
      custom || super.columnName(property, custom, prefixes).replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)
    );
  }
}
