import type { Member } from './member.js';
import type { Stage } from './stage.js';

/** How long it may take after the last fault: a node's restart, a stuck row, back-off, the wait of a fill. */
const PATIENCE_MS = 45_000;
/** What is quick: some round trips. */
const QUICK_MS = 100;

/**
 * Ends all faults and waits until everything is as it should be: every node with Redis asks it, every node acknowledges
 * a revoke as quickly as it can, and nothing is unpublished. Gives what did not come, or undefined.
 */
export async function recovers(stage: Stage): Promise<string | undefined> {
  stage.calm();
  const end = stage.world.now + PATIENCE_MS;
  let missing: string | undefined;
  do {
    await stage.world.until(stage.world.now + 1_000);
    missing = await firstMissing(stage);
  } while (missing !== undefined && stage.violation === undefined && stage.world.now < end);
  return missing;
}

async function firstMissing(stage: Stage): Promise<string | undefined> {
  const { members, postgres } = stage;
  const withRedis = members.some(({ hasRedis }) => hasRedis);
  if (withRedis && postgres.unpublished > 0) return `${postgres.unpublished} rows stay unpublished`;
  for (const member of members) {
    if (!member.isRunning) return `${member.name} does not run`;
    const source = await quickly(
      stage,
      member,
      async () => (await member.valueOf(stage.newSession())).source,
    );
    const wanted = member.hasRedis ? 'redis' : 'postgres';
    if (source !== wanted) return `${member.name} is answered by ${source ?? 'none'} instead of ${wanted}`;
    // Without Redis a node waits, as long as others trust one.
    if (withRedis && !member.hasRedis) continue;
    const revoked = await quickly(stage, member, async () => {
      await stage.clients.revokeAt(member, stage.newSession(), { kind: 'end' });
      return true;
    });
    if (!revoked) return `${member.name} does not acknowledge a revoke at once`;
  }
  return undefined;
}

/** What the node's work gives, where it does so quickly. */
async function quickly<T>(stage: Stage, member: Member, work: () => Promise<T>): Promise<T | undefined> {
  let result: T | undefined;
  member.process.receives(0, () => {
    work().then(
      (value) => (result = value),
      () => undefined,
    );
  });
  await stage.world.until(stage.world.now + QUICK_MS);
  return result;
}
