import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SigningKeys } from '@gatehouse/tokens';

/** The public keys, for whoever verifies tokens by themselves (RFC 7517 §5). */
@ApiExcludeController()
@Controller('.well-known')
export class JwksController {
  constructor(private readonly keys: SigningKeys) {}

  @Get('jwks.json')
  @Header('Cache-Control', 'public, max-age=300')
  @Header('Content-Type', 'application/jwk-set+json')
  jwks() {
    return JSON.stringify(this.keys.jwks());
  }
}
