import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessTokens } from './access-tokens.service.js';
import { Denylist } from './denylist/denylist.service.js';
import { DenylistState } from './denylist-state.entity.js';
import { RefreshTokens } from './refresh-tokens.service.js';
import { Revocation } from './revocation.entity.js';
import { RevocationFigures } from './revocation-figures.service.js';
import { Revocations } from './revocations.service.js';
import { SigningKey } from './signing-key.entity.js';
import { SigningKeys } from './signing-keys.service.js';
import { TokenVerifier } from './token-verifier.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([SigningKey, Revocation, DenylistState]), JwtModule.register({})],
  providers: [
    SigningKeys,
    TokenVerifier,
    Denylist,
    Revocations,
    RevocationFigures,
    AccessTokens,
    RefreshTokens,
  ],
  exports: [SigningKeys, Denylist, Revocations, RevocationFigures, AccessTokens, RefreshTokens],
})
export class TokensModule {}
