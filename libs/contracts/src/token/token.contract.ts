import { type Contract, defineContract, presentProblem, Problem } from '@gatehouse/contract-kit';
import { SessionsController } from './sessions.controller.js';
import { TokenController } from './token.controller.js';
import { tokenErrors } from './token.errors.js';
import { TAGS } from './token.openapi.js';
import { tokenRoot } from './token.root.js';

export const token: Contract = defineContract({
  title: 'token: /v1/auth/token and /v1/sessions',
  basePath: '/v1/auth/token',
  root: tokenRoot,
  controllers: [TokenController, SessionsController],
  refresh: { format: 'jwt', rotates: true },
  tags: TAGS,
  errors: {
    table: tokenErrors,
    contentType: 'application/problem+json',
    shape: Problem,
    present: presentProblem,
  },
});
