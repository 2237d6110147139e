import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ThrottleCounters1763600030200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // UNLOGGED: worth a minute or an hour, and written on every login
    await runner.query(`
      CREATE UNLOGGED TABLE throttle_counters (
        key text CONSTRAINT throttle_counters_pkey PRIMARY KEY,
        hits integer NOT NULL,
        resets_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX throttle_counters_by_end ON throttle_counters (resets_at)');
    // A function, since one statement has one snapshot: what it waited for would be locked and yet not seen. Each of
    // these statements has its own. A refused request writes nothing.
    await runner.query(`
      CREATE FUNCTION throttle_take(
        keys text[], limits int[], lengths float8[], moment timestamptz, OUT refused int, OUT seconds int
      ) LANGUAGE plpgsql AS $$
      BEGIN
        FOR look IN 1..2 LOOP
          SELECT asked.place, ceil(extract(epoch FROM c.resets_at - moment)) INTO refused, seconds
          FROM unnest(keys, limits) WITH ORDINALITY AS asked (name, most, place)
          JOIN throttle_counters c ON c.key = asked.name
          WHERE c.resets_at > moment AND c.hits >= asked.most
          ORDER BY c.resets_at DESC LIMIT 1;
          IF refused IS NOT NULL THEN RETURN; END IF;
          EXIT WHEN look = 2;
          INSERT INTO throttle_counters SELECT name, 0, moment FROM unnest(keys) AS name ORDER BY name
          ON CONFLICT DO NOTHING;
          PERFORM FROM throttle_counters c WHERE c.key = ANY (keys) ORDER BY c.key FOR UPDATE;
        END LOOP;
        INSERT INTO throttle_counters AS c
        SELECT name, 1, moment + length * interval '1 millisecond'
        FROM unnest(keys, lengths) AS asked (name, length) ORDER BY name
        ON CONFLICT (key) DO UPDATE SET
          hits = CASE WHEN c.resets_at <= moment THEN 1 ELSE c.hits + 1 END,
          resets_at = CASE WHEN c.resets_at <= moment THEN excluded.resets_at ELSE c.resets_at END;
      END $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION throttle_take');
    await runner.query('DROP TABLE throttle_counters');
  }
}
