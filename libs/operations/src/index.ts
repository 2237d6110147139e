export { ExpiredRows } from './expired-rows.service.js';
export { Metrics } from './metrics/metrics.service.js';
export { metricsListener } from './metrics/metrics-listener.js';
export { RequestMetrics } from './metrics/request-metrics.js';
export { OperationsModule } from './operations.module.js';
export { PinoLogger } from './pino-logger.js';
export { Readiness } from './readiness.js';
export { logRequests } from './request-log.js';
