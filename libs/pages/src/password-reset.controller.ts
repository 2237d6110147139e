import { Body, Controller, Get, HttpCode, Post, Query, Res, UseInterceptors } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Caller, PasswordReset } from '@gatehouse/auth';
import { CurrentCaller } from '@gatehouse/contract-kit';
import { AuthError } from '@gatehouse/kernel';
import { passwordFault } from '@gatehouse/users';
import { HtmlInterceptor } from './html.interceptor.js';
import { messagePage } from './pages.html.js';
import { resetForm } from './reset-form.html.js';

const STALE = messagePage(
  'This link does not work any more',
  'It has expired, or it was used already, or it was cut when it was copied.',
  'If you have just set a new password with it, log in with that one. Else ask for another link where you wanted to log in.',
);
const DONE = messagePage(
  'Your password is set',
  'You can log in with it now. All earlier logins have been ended. You can close this page.',
);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The page behind a reset link. */
@ApiExcludeController()
@Controller('reset-password')
@UseInterceptors(HtmlInterceptor)
export class PasswordResetController {
  constructor(private readonly passwordReset: PasswordReset) {}

  /** Spends nothing: mail scanners fetch links too. */
  @Get()
  async show(@Query('token') token: unknown, @Res({ passthrough: true }) reply: FastifyReply) {
    return (await this.passwordReset.isUsable(text(token))) ? resetForm(text(token)) : stale(reply);
  }

  @Post()
  @HttpCode(200)
  async set(
    @Body() body: Record<string, unknown> | undefined,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { token, password, confirmation } = body ?? {};
    // first, so that nobody thinks up a password for nothing
    if (!(await this.passwordReset.isUsable(text(token)))) return stale(reply);
    const fault = faultOf(text(password), text(confirmation));
    if (fault === undefined) return this.reset(text(token), text(password), caller, reply);
    return again(text(token), fault, reply);
  }

  private async reset(token: string, password: string, caller: Caller, reply: FastifyReply): Promise<string> {
    try {
      await this.passwordReset.reset(token, { password }, caller);
      return DONE;
    } catch (error) {
      if (!(error instanceof AuthError)) throw error;
      if (error.code === 'reset_token_invalid') return stale(reply);
      const [refused] = error.fields;
      if (!refused) throw error;
      return again(token, `The password ${refused.reason}.`, reply);
    }
  }
}

function stale(reply: FastifyReply): string {
  void reply.code(400);
  return STALE;
}

function again(token: string, fault: string, reply: FastifyReply): string {
  void reply.code(400);
  return resetForm(token, fault);
}

function faultOf(password: string, confirmation: string): string | undefined {
  const fault = passwordFault(password);
  if (fault !== undefined) return `The password ${fault}.`;
  return password === confirmation ? undefined : 'The two were not the same: enter both again.';
}
