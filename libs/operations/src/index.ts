export { OperationsModule } from './operations.module.js';
export { PinoLogger } from './pino-logger.js';
export { Readiness } from './readiness.js';
export { logRequests } from './request-log.js';
