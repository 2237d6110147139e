import { type Contract, defineContract } from '@gatehouse/contract-kit';
import { AccountController } from './account.controller.js';
import { jsendErrors, presentError } from './jsend.errors.js';
import { TAGS } from './jsend.openapi.js';
import { jsendRoot } from './jsend.root.js';
import { SessionController } from './session.controller.js';
import { ErrorBody } from './jsend.shapes.js';

export const jsend: Contract = defineContract({
  title: 'jsend: /api/auth in a JSend envelope',
  basePath: '/api/auth',
  root: jsendRoot,
  controllers: [SessionController, AccountController],
  refresh: { format: 'uuid', rotates: true },
  tags: TAGS,
  errors: {
    table: jsendErrors,
    contentType: 'application/json; charset=utf-8',
    shape: ErrorBody,
    present: presentError,
  },
});
