import { Controller, Get, Header } from '@nestjs/common';
import { Documented } from '@gatehouse/contract-kit';
import { SigningKeys } from '@gatehouse/tokens';
import * as operations from './protocols.openapi.js';

/** The public keys, for whoever verifies tokens by themselves (RFC 7517 §5). */
@Controller('.well-known')
export class JwksController {
  constructor(private readonly keys: SigningKeys) {}

  @Get('jwks.json')
  @Header('Cache-Control', 'public, max-age=300')
  @Header('Content-Type', 'application/jwk-set+json')
  @Documented(operations.jwks)
  jwks() {
    return JSON.stringify(this.keys.jwks());
  }
}
