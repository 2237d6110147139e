export { CONFIG, type Config, type Links, loadConfig } from './config.js';
export { ConfigModule } from './config.module.js';
export { SETTINGS } from './env.js';
export type { MailAddress, SmtpServer } from './mail-parsers.js';
export { type Argon2Cost, duration } from './parsers.js';
export { ConfigError } from './read-env.js';
export type { Mode } from './setting.js';
export { settingsTable } from './settings-table.js';
export { type Act, ACTS, type RateLimit, type RateLimits, type Scope, SCOPES } from './throttle-settings.js';
