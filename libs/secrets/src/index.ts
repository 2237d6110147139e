export { OneTimeCode } from './one-time-code.entity.js';
export { type CodePlace, OneTimeCodes } from './one-time-codes.service.js';
export { OneTimeSecret, type SecretPurpose } from './one-time-secret.entity.js';
export { OneTimeSecrets, type SecretOwner } from './one-time-secrets.service.js';
export { SecretsModule } from './secrets.module.js';
