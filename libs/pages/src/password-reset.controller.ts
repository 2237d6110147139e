import { Body, Controller, Get, HttpCode, Post, Query, Res, UseInterceptors } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PasswordReset } from '@gatehouse/auth';
import { AuthError } from '@gatehouse/kernel';
import { passwordFault } from '@gatehouse/users';
import { HtmlInterceptor } from './html.interceptor.js';
import { messagePage, resetForm } from './pages.html.js';

const STALE = messagePage(
  'This link does not work any more',
  'It has expired, or it was used already. Ask for another one where you wanted to log in.',
);
const DONE = messagePage(
  'Your password is set',
  'You can log in with it now. All earlier logins have been ended.',
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
  show(@Query('token') token: unknown) {
    return text(token) === '' ? STALE : resetForm(text(token));
  }

  @Post()
  @HttpCode(200)
  async set(
    @Body() body: Record<string, unknown> | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { token, password, confirmation } = body ?? {};
    const fault = faultOf(text(password), text(confirmation));
    if (fault !== undefined) {
      void reply.code(400);
      return resetForm(text(token), fault);
    }
    return this.reset(text(token), text(password), reply);
  }

  private async reset(token: string, password: string, reply: FastifyReply): Promise<string> {
    try {
      await this.passwordReset.reset(token, password);
      return DONE;
    } catch (error) {
      if (!(error instanceof AuthError) || error.code !== 'reset_token_invalid') throw error;
      void reply.code(400);
      return STALE;
    }
  }
}

function faultOf(password: string, confirmation: string): string | undefined {
  const fault = passwordFault(password);
  if (fault !== undefined) return `The password ${fault}.`;
  return password === confirmation ? undefined : 'The two passwords are not the same.';
}
