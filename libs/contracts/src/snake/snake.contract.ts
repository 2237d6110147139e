import { type Contract, defineContract } from '@gatehouse/contract-kit';
import { SessionController } from './session.controller.js';
import { presentError, snakeErrors } from './snake.errors.js';
import { TAGS } from './snake.openapi.js';
import { snakeRoot } from './snake.root.js';
import { UsersController } from './users.controller.js';
import { ErrorBody } from './snake.shapes.js';

export const snake: Contract = defineContract({
  title: 'snake: /api/auth and /api/users in snake_case',
  basePath: '/api/auth',
  root: snakeRoot,
  controllers: [SessionController, UsersController],
  refresh: { format: 'jwt', rotates: false },
  tags: TAGS,
  errors: {
    table: snakeErrors,
    contentType: 'application/json; charset=utf-8',
    shape: ErrorBody,
    present: presentError,
  },
});
