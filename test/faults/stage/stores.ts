import pg from 'pg';
import type { Copy, Truth } from '../log.js';
import { now } from '../log.js';
import type { Stage } from './stage.js';

async function query<Row>(url: string, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** What Redis holds against what PostgreSQL says, at this moment. */
export async function compareCopy({ postgres, redis }: Stage): Promise<Copy> {
  const due = await query<{ sid: string; published: boolean }>(
    postgres.url,
    'SELECT sid, published_at IS NOT NULL AS published FROM revocations WHERE keep_until > now()',
  );
  const held = new Set((await redis.command('HKEYS', 'deny')) as string[]);
  return {
    kind: 'copy',
    at: now(),
    marked: held.has('!'),
    missing: due.filter(({ sid }) => !held.has(sid)).map(({ sid }) => sid),
    unpublished: due.filter(({ published }) => !published).length,
  };
}

/** How often the nodes have changed their mind about which Redis is trusted. */
export async function trustEpoch({ postgres }: Stage): Promise<string> {
  const [row] = await query<{ epoch: string }>(postgres.url, 'SELECT epoch FROM denylist');
  return row?.epoch ?? '';
}

interface Revoked {
  readonly id: string;
  readonly ended: boolean;
  /** `*`; or `G@T`: below generation G-1 dead, and G-1 from T on (milliseconds since the epoch); or null. */
  readonly value: string | null;
}

/** What PostgreSQL says of these sessions, once no grace interval of them is left open. */
export async function readTruths({ postgres }: Stage, sessions: readonly string[]): Promise<Truth[]> {
  const rows = await query<Revoked>(
    postgres.url,
    `SELECT s.id, s.ended_at IS NOT NULL AS ended, r.value
     FROM sessions s LEFT JOIN revocations r ON r.sid = s.id WHERE s.id = ANY($1)`,
    [sessions],
  );
  const at = now();
  return rows.map(({ id, ended, value }) => {
    const [generation = '0', from = '0'] = value === null || value === '*' ? [] : value.split('@');
    const deadBelow = Number(generation) - (Number(from) > Date.now() ? 1 : 0);
    return { kind: 'truth', at, session: id, ended: ended || value === '*', deadBelow };
  });
}
