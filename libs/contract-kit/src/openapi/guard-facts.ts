import type { Type } from '@nestjs/common';
import type { ErrorCode } from '@gatehouse/kernel';

/** What a guard means for the operations that it stands before. */
export interface GuardFacts {
  readonly refusals: readonly ErrorCode[];
  /** Names of the security schemes that it demands. */
  readonly demands?: readonly string[];
  /** Names of those that it takes where they are sent. */
  readonly takes?: readonly string[];
}

const FACTS = 'gatehouse:guard';

/** Says what a guard refuses and asks for, so that the documents of its routes do. */
export const Refuses =
  (facts: GuardFacts): ClassDecorator =>
  (guard) =>
    Reflect.defineMetadata(FACTS, facts, guard);

/** What `@Refuses` has noted on a guard. Throws where it has noted nothing: its routes would be documented wrongly. */
export function factsOfGuard(guard: Type): GuardFacts {
  const facts = Reflect.getMetadata(FACTS, guard) as GuardFacts | undefined;
  if (!facts) throw new Error(`${guard.name} must say by @Refuses what it refuses`);
  return facts;
}
