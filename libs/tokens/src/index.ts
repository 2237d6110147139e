export { type AccessToken, AccessTokens, type IssuedAccessToken } from './access-tokens.service.js';
export {
  decodeRefreshSecret,
  encodeRefreshSecret,
  hashRefreshSecret,
  newRefreshSecret,
  type RefreshFormat,
  successorsOf,
} from './refresh-secret.js';
export { RefreshTokens } from './refresh-tokens.service.js';
export { Denylist } from './denylist/denylist.service.js';
export type { DenylistStatus, PostgresReason } from './denylist/denylist-status.js';
export { DenylistState } from './denylist-state.entity.js';
export { Revocation } from './revocation.entity.js';
export { RevocationFigures } from './revocation-figures.service.js';
export { type RevokedRow, Revocations } from './revocations.service.js';
export { recordRevocations, refusedAtOnce } from './revocations.sql.js';
export { SigningKey } from './signing-key.entity.js';
export { SigningKeys, SigningKeyUnreadable } from './signing-keys.service.js';
export { TokensModule } from './tokens.module.js';
