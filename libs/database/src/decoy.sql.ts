import type { Statement } from './statement.js';

/**
 * For answers that must take as long for what does not exist as for what does: statements that cost what the real ones
 * cost and leave nothing behind.
 */

/** Waits for whoever holds the same $1 (any text), as for a row, and holds it until the transaction ends. */
export const holdNothing: Statement = {
  name: 'decoy.hold',
  text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
};

/**
 * Writes $1 into PostgreSQL's log and into no table: the transaction's commit then waits for the disk as that of an INSERT
 * does.
 */
export const writeNothing: Statement = {
  name: 'decoy.write',
  text: `SELECT pg_logical_emit_message(true, 'gatehouse.decoy', $1::text)`,
};
