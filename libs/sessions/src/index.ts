export { ENDED_KEPT, ExpiredSessions } from './expired-sessions.service.js';
export { type Presented, RefreshRotation, type Rotation } from './refresh-rotation.service.js';
export { type EndReason, Session, sessionExpiry } from './session.entity.js';
export { type Device, type SessionOrigin, storableUserAgent } from './session-origin.js';
export { SessionRenewal } from './session-renewal.service.js';
export { SessionUse } from './session-use.service.js';
export { type LiveSession, type OpenedSession, Sessions, type TokenHolder } from './sessions.service.js';
export { SessionsModule } from './sessions.module.js';
export { SpentRefreshToken } from './spent-refresh-token.entity.js';
