import { Controller, Get, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Documented } from '@gatehouse/contract-kit';
import { isStorableText } from '@gatehouse/kernel';
import { Outbox } from '@gatehouse/mail';
import { presentMail } from './development.present.js';
import * as operations from './development.openapi.js';
import { LoopbackGuard } from './loopback.guard.js';
import { MAILBOX_HEADERS, mailboxPage } from './mailbox.page.js';

/** As many mails as a person scrolls through. */
const SHOWN = 100;

/** The development mailbox: every mail that the service would send. */
@Controller('dev/mailbox')
@UseGuards(LoopbackGuard)
export class MailboxController {
  constructor(private readonly outbox: Outbox) {}

  /** HTML for a browser; with `Accept: application/json` a list, newest first. `?to=` filters by address. */
  @Get()
  @Documented(operations.listMails)
  @ApiQuery({
    name: 'to',
    required: false,
    description: 'Only those to this address',
    example: 'user@example.com',
  })
  async list(
    @Query('to') to: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const recipient = typeof to === 'string' && to.trim() !== '' ? to.trim() : undefined;
    const mails = isStorableText(recipient ?? '') ? await this.outbox.newest(SHOWN, recipient) : [];
    if (request.headers.accept?.includes('application/json')) return mails.map(presentMail);
    void reply.headers(MAILBOX_HEADERS);
    return mailboxPage(mails, recipient, SHOWN);
  }
}
