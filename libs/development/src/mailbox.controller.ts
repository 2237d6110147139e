import { Controller, Get, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Outbox, type WrittenMail } from '@gatehouse/mail';
import { LoopbackGuard } from './loopback.guard.js';
import { mailboxPage } from './mailbox.page.js';

/** As many mails as a person scrolls through. */
const SHOWN = 100;

const presentMail = ({ id, to, subject, text, html, createdAt }: WrittenMail) => ({
  id,
  to,
  subject,
  text,
  html,
  createdAt: createdAt.toISOString(),
});

/** The development mailbox: every mail that the service would send. */
@ApiExcludeController()
@Controller('dev/mailbox')
@UseGuards(LoopbackGuard)
export class MailboxController {
  constructor(private readonly outbox: Outbox) {}

  /** HTML for a browser; with `Accept: application/json` a list, newest first. `?to=` filters by address. */
  @Get()
  async list(
    @Query('to') to: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const recipient = typeof to === 'string' && to !== '' ? to : undefined;
    const mails = await this.outbox.newest(SHOWN, recipient);
    if (request.headers.accept?.includes('application/json')) return mails.map(presentMail);
    void reply
      .header('Content-Type', 'text/html; charset=utf-8')
      .header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'");
    return mailboxPage(mails, recipient);
  }
}
