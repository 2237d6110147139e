import type { Mistake } from './mutated-parts.js';
import type { Situation } from './situations.js';

/** A mistake that breaks the promise, and the situation in which that shows soon. */
export interface Planted {
  readonly situation: Situation;
  readonly mistakes: readonly Mistake[];
  /** The first seed, not far from one that shows it. */
  readonly from?: number;
  /** It shows in less than a run of a hundred. */
  readonly rare?: true;
}

const inNode = (right: string, wrong: string): Mistake => ({ file: 'denylist-node.ts', right, wrong });
const inCopy = (right: string, wrong: string): Mistake => ({ file: 'redis-copy.ts', right, wrong });

const WAIT_LEFT = 'return since + WAIT_MS - this.nodeClock.monotonic();';
const WRITE_AND_MARK = `        const batch = await this.copy.write(entries);
        this.contradicts(batch, lease.redisId);
        if (batch.ok && batch.identity === lease.redisId) {
          await this.truth.markPublished(entries);
          return true;
        }`;

/** A connection that is kept to a server that was replaced: no danger by itself, but what hides others. */
const KEPT: readonly Mistake[] = [
  { file: 'upkeep.ts', right: 'if (wrong) this.copy?.leave();', wrong: 'void wrong;' },
  inCopy('    this.leave();\n    try {', '    try {'),
];

export const PLANTED: Readonly<Record<string, Planted>> = {
  'fill without the wait': {
    situation: 'moved',
    mistakes: [inNode(WAIT_LEFT, 'return 0 * since;')],
  },
  'fill with a shorter wait': {
    situation: 'moved',
    mistakes: [inNode(WAIT_LEFT, 'return since + WAIT_MS / 3 - this.nodeClock.monotonic();')],
  },
  'the wait of a fill counted from the look that saw null, not from its answer': {
    situation: 'moved, told late',
    rare: true,
    mistakes: [
      inNode(
        'this.untrusted = { epoch, since: this.nodeClock.monotonic() };',
        'this.untrusted = { epoch, since: this.current?.start ?? 0 };',
      ),
    ],
  },
  'a fill that continues the wait of an earlier epoch': {
    situation: 'moved',
    mistakes: [
      inNode(
        'const since = this.untrusted?.epoch === epoch ? this.untrusted.since : this.nodeClock.monotonic();',
        'const since = this.untrusted?.since ?? this.nodeClock.monotonic();',
      ),
      inNode('if (redisId !== null) this.untrusted = undefined;', 'if (redisId !== null) return;'),
      inNode('else if (this.untrusted?.epoch !== epoch)', 'else if (!this.untrusted)'),
    ],
  },
  'a revoke that waits for less than a lease lives': {
    situation: 'slow looks',
    mistakes: [
      inNode(
        'this.nodeClock.wait(WAIT_MS, waited.signal)',
        'this.nodeClock.wait(WAIT_MS / 2, waited.signal)',
      ),
    ],
  },
  'acknowledged at once when the write fails': {
    situation: 'cut from Redis',
    mistakes: [inNode('if (!done) await wait;', 'if (!done) return;')],
  },
  'the lease measured from after the query': {
    situation: 'slow looks',
    from: 91,
    mistakes: [
      inNode(
        'const lease: Lease = { ...look, start, wallStart };',
        'const lease: Lease = { ...look, start: this.nodeClock.monotonic(), wallStart: this.nodeClock.wall() };',
      ),
      inNode(
        'if (this.current && start <= this.current.start) return this.current;',
        'void [start, wallStart];',
      ),
    ],
  },
  'unpublished rows not read': {
    situation: 'slow looks',
    mistakes: [
      inNode('laterOf(batch.result.value, lease.unpublished.get(sid)?.value)', 'batch.result.value'),
    ],
  },
  'published_at set before the write': {
    situation: 'cut from Redis',
    mistakes: [inNode(WRITE_AND_MARK, `await this.truth.markPublished(entries);\n${WRITE_AND_MARK}`)],
  },
  'published_at set without comparing the value': {
    situation: 'cut from Redis',
    from: 31,
    mistakes: [{ file: 'truth.sql.ts', right: ' AND r.value = written.value', wrong: '' }],
  },
  'publishing to an untrusted server': {
    situation: 'slow distrust',
    rare: true,
    mistakes: [
      ...KEPT,
      inNode('if (!batch.ok || batch.identity !== redisId) return;', 'if (!batch.ok) return;'),
    ],
  },
  'a revoke that counts a write to an untrusted server': {
    situation: 'split',
    mistakes: [...KEPT, inNode('if (batch.ok && batch.identity === lease.redisId) {', 'if (batch.ok) {')],
  },
  'the lease checked before the commit': {
    situation: 'late commit',
    from: 81,
    mistakes: [
      inNode(
        'const lease = this.liveLease;\n      if (this.copy?.reachable && lease && lease.redisId !== null) {\n        const batch = await this.copy.write',
        'const lease = (entries as unknown as { before?: Lease }).before;\n      if (this.copy?.reachable && lease && lease.redisId !== null) {\n        const batch = await this.copy.write',
      ),
    ],
  },
  'a check joined to one already sent': {
    situation: 'failing over',
    from: 51,
    mistakes: [
      inCopy(
        'read(sid: SessionId): Promise<Batch<Found>> {',
        `private readonly sent = new Map<string, Promise<Batch<Found>>>();
  read(sid: SessionId): Promise<Batch<Found>> {
    const joined = this.sent.get(sid) ?? this.reallyRead(sid).finally(() => this.sent.delete(sid));
    this.sent.set(sid, joined);
    return joined;
  }
  private reallyRead(sid: SessionId): Promise<Batch<Found>> {`,
      ),
    ],
  },
  'the identity checked before the command': {
    situation: 'demoted within a batch',
    from: 11,
    mistakes: [
      inCopy(
        "batch([command, ...more, ['INFO', 'replication']]);",
        "batch([['INFO', 'replication'], command, ...more]);",
      ),
      inCopy('const [reply, next] = replies;', 'const [info, reply, next] = replies;'),
      inCopy('identityOf(String(replies.at(-1)))', 'identityOf(String(info))'),
    ],
  },
  'the identity not checked in a validation': {
    situation: 'failing over',
    from: 21,
    mistakes: [
      inNode(
        'batch.ok && batch.identity === lease.redisId && batch.result.marker',
        'batch.ok && batch.result.marker',
      ),
    ],
  },
  'the marker not checked in a validation': {
    situation: 'emptied while filled',
    mistakes: [inNode(' && batch.result.marker === lease.redisId) {', ') {')],
  },
  'a replica taken for a master': {
    situation: 'failing over',
    mistakes: [
      inCopy(
        "info.includes('role:master') ? IDENTITY.exec(info)?.[1] : undefined",
        'IDENTITY.exec(info)?.[1]',
      ),
    ],
  },
  'a fill that reads PostgreSQL before its token is set': {
    situation: 'emptied while filled',
    mistakes: [
      inNode(
        'const begun = await this.copy.begin(token);',
        'const pages = [];\n    for await (const page of this.truth.live()) pages.push(page);\n    const begun = await this.copy.begin(token);',
      ),
      inNode('for await (const page of this.truth.live()) {', 'for (const page of pages) {'),
    ],
  },
  'a fill without a token': {
    situation: 'emptied while filled',
    mistakes: [
      inCopy("['HSET', HASH, MARKER, token]", "['HGET', HASH, MARKER]"),
      inCopy(
        "['EVAL', COMPLETE, 1, HASH, token, id], (done) => ({ completed: done === 1 })",
        "['HSET', HASH, MARKER, id], () => ({ completed: true })",
      ),
    ],
  },
  'unpublished rows of the lease of now instead of the captured one': {
    situation: 'late start',
    from: 11,
    mistakes: [inNode('lease.unpublished.get(sid)?.value', 'this.current?.unpublished.get(sid)?.value')],
  },
  'trust without comparing the epoch': {
    situation: 'split',
    from: 61,
    mistakes: [{ file: 'truth.sql.ts', right: ' AND epoch = $2::bigint', wrong: '' }],
  },
  'nobody trusts without the time': {
    situation: 'split',
    mistakes: [inNode(' && committed - this.untrusted.since >= WAIT_MS', '')],
  },
  'nobody trusts by an earlier epoch': {
    situation: 'flapping',
    from: 101,
    mistakes: [
      inNode(
        'return this.untrusted?.epoch === epoch && committed',
        'return this.untrusted !== undefined && committed',
      ),
    ],
  },
  'nobody trusts, read before the commit': {
    situation: 'late start',
    mistakes: [
      inNode(
        'const { redisId, epoch } = await this.truth.trusted();',
        'const { redisId, epoch } = this.current ?? (await this.truth.trusted());',
      ),
    ],
  },
  'clocks not compared': {
    situation: 'suspended',
    from: 11,
    mistakes: [
      { file: 'lease.ts', right: ' && Math.abs(clock.wall() - wallStart - age) <= APART_MS', wrong: '' },
    ],
  },
  'a lease that lives longer than the wait': {
    situation: 'slow looks',
    from: 21,
    mistakes: [{ file: 'lease.ts', right: 'age < LEASE_MS', wrong: 'age < 2 * LEASE_MS' }],
  },
  'a batch that joins questions already sent to PostgreSQL': {
    situation: 'anything',
    mistakes: [
      {
        file: 'batched-revocations.ts',
        right: 'this.collecting = new Map();\n    this.running++;',
        wrong:
          'setTimeout(() => { if (this.collecting === batch) this.collecting = new Map(); }, 0);\n    this.running++;',
      },
    ],
  },
};

/** Mistakes that keep the promise, but from which a node never comes back to what is quick. */
export const PARALYSING: Readonly<Record<string, Planted>> = {
  'a connection kept to a server that was replaced': {
    situation: 'demoted within a batch',
    mistakes: KEPT,
  },
  'rows that nobody publishes': {
    situation: 'cut from Redis',
    mistakes: [
      inNode(
        'const left = this.leftOver(unpublished);',
        'const left = this.leftOver(unpublished).slice(0, 0);',
      ),
    ],
  },
  'a server that nobody reaches stays trusted': {
    situation: 'Redis gone',
    mistakes: [{ file: 'upkeep.ts', right: 'await this.node.distrustUnreached(lease);', wrong: '' }],
  },
  'a fill that failed is not tried again': {
    situation: 'late start',
    mistakes: [
      {
        file: 'upkeep.ts',
        right: 'this.fillSkips = done ? 0 : this.fillPause;',
        wrong: 'this.fillSkips = done ? 0 : Infinity;',
      },
    ],
  },
  'every revoke waits where nobody is trusted': {
    situation: 'no Redis',
    mistakes: [inNode('if (epoch === NEVER) return true;', 'if (epoch === NEVER) return false;')],
  },
};
