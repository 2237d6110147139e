export { AuditEvent } from './audit-event.entity.js';
export {
  type Act,
  type Actor,
  type AuditDetails,
  type AuditEventName,
  type AuditRecord,
  COMMAND_LINE,
  type LoginRefusal,
} from './audit-event.js';
export { AuditModule } from './audit.module.js';
export { AuditRetention } from './audit-retention.service.js';
export { Audit, type AuditFilter, type RecordedEvent } from './audit.service.js';
export { actValue, recordEvents } from './audit.sql.js';
