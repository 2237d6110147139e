import { Body, Controller, Get, HttpCode, Param, Post, Res, UseInterceptors } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Caller, EmailVerification, VerificationResend } from '@gatehouse/auth';
import { CurrentCaller, Throttled } from '@gatehouse/contract-kit';
import { AuthError } from '@gatehouse/kernel';
import { HtmlInterceptor } from './html.interceptor.js';
import { messagePage, staleLinkPage } from './pages.html.js';

const VERIFIED = messagePage(
  'Your e-mail address is verified',
  'Thank you. You can close this page and go back to where you registered.',
);
const SENT = messagePage(
  'Look into your mailbox',
  'If your address still awaits verification, another mail is on its way: one a minute at most.',
  'When it does not arrive, look among the mails that were taken for spam.',
);

/** The pages behind a verification link that a browser follows. */
@ApiExcludeController()
@Controller()
@UseInterceptors(HtmlInterceptor)
export class VerifyEmailController {
  constructor(
    private readonly verification: EmailVerification,
    private readonly resending: VerificationResend,
  ) {}

  @Get('api/v1/auth/verify-email/:token')
  async verify(
    @Param('token') token: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    try {
      await this.verification.verifyByLink(token, caller);
      return VERIFIED;
    } catch (error) {
      if (!(error instanceof AuthError) || error.code !== 'verification_token_invalid') throw error;
      void reply.code(400);
      return staleLinkPage(token);
    }
  }

  @Post('verify-email/resend')
  @Throttled('mail')
  @HttpCode(200)
  async resend(@Body() body: { token?: unknown } | undefined, @CurrentCaller() caller: Caller) {
    const link = typeof body?.token === 'string' ? body.token : undefined;
    await this.resending.resend({ link }, caller);
    return SENT;
  }
}
