import { Injectable } from '@nestjs/common';
import { AuthError, type ErrorCode } from '@gatehouse/kernel';
import { SessionUse } from '@gatehouse/sessions';
import { type AccessToken, AccessTokens } from '@gatehouse/tokens';

/** What a validation finds: the token's content, or why it is refused. */
export type Validation =
  | { readonly valid: true; readonly token: AccessToken }
  | { readonly valid: false; readonly reason: ErrorCode };

@Injectable()
export class TokenValidation {
  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly use: SessionUse,
  ) {}

  /**
   * Judges any string as an access token. A valid one counts as used, but not from the address of whoever asks.
   * Throws only where the answer cannot be known.
   */
  async validate(text: string): Promise<Validation> {
    try {
      const token = await this.accessTokens.verify(text);
      this.use.note(token.sessionId);
      return { valid: true, token };
    } catch (error) {
      if (error instanceof AuthError) return { valid: false, reason: error.code };
      throw error;
    }
  }
}
