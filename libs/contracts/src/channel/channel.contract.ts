import { type Contract, defineContract } from '@gatehouse/contract-kit';
import { AccountController } from './account.controller.js';
import { channelErrors, presentError } from './channel.errors.js';
import { TAGS } from './channel.openapi.js';
import { channelRoot } from './channel.root.js';
import { SessionController } from './session.controller.js';
import { ErrorBody } from './channel.shapes.js';

export const channel: Contract = defineContract({
  title: 'channel: /api/auth with Api-Token and channel',
  basePath: '/api/auth',
  root: channelRoot,
  controllers: [SessionController, AccountController],
  refresh: { format: 'access', rotates: true },
  tags: TAGS,
  errors: {
    table: channelErrors,
    contentType: 'application/json; charset=utf-8',
    shape: ErrorBody,
    present: presentError,
  },
});
