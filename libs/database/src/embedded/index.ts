export { EmbeddedPostgresError } from './embedded-postgres-error.js';
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  joinEmbeddedPostgres,
  startEmbeddedPostgres,
} from './start-embedded-postgres.js';
