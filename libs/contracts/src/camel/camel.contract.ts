import { type Contract, defineContract } from '@gatehouse/contract-kit';
import { AccountController } from './account.controller.js';
import { camelErrors, presentError } from './camel.errors.js';
import { TAGS } from './camel.openapi.js';
import { camelRoot } from './camel.root.js';
import { GatewayController } from './gateway.controller.js';
import { SessionController } from './session.controller.js';
import { ErrorBody } from './camel.shapes.js';

export const camel: Contract = defineContract({
  title: 'camel: /api/v1/auth',
  basePath: '/api/v1/auth',
  root: camelRoot,
  controllers: [SessionController, GatewayController, AccountController],
  refresh: { format: 'jwt', rotates: true },
  tags: TAGS,
  errors: {
    table: camelErrors,
    contentType: 'application/json; charset=utf-8',
    shape: ErrorBody,
    present: presentError,
  },
});
