import { type Contract, defineContract } from '@gatehouse/contract-kit';
import { SessionController } from './session.controller.js';
import { presentError, snakeErrors } from './snake.errors.js';
import { snakeRoot } from './snake.root.js';
import { UsersController } from './users.controller.js';

export const snake: Contract = defineContract({
  title: 'snake: /api/auth and /api/users in snake_case',
  basePath: '/api/auth',
  root: snakeRoot,
  controllers: [SessionController, UsersController],
  refresh: { format: 'jwt', rotates: false },
  errors: { table: snakeErrors, contentType: 'application/json; charset=utf-8', present: presentError },
});
