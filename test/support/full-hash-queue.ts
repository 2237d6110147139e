import { PasswordHasher } from '@gatehouse/users';
import type { Service } from './start-service.js';

/** More than may hash and wait together under HASH_CONCURRENCY=1. */
const LANES = 200;

/**
 * Keeps the queue of password hashes full while `work` runs: whoever is done waits anew before anything else can. To be
 * used with HASH_CONCURRENCY=1.
 */
export async function whileOverloaded<T>(service: Service, work: () => Promise<T>): Promise<T> {
  const hasher = service.nest.get(PasswordHasher, { strict: false });
  let working = true;
  const lane = async (): Promise<void> => {
    while (working) await hasher.hash('a password that nobody has');
  };
  // those that find the queue full already are refused, and end
  const lanes = Array.from({ length: LANES }, lane);
  try {
    return await work();
  } finally {
    working = false;
    await Promise.allSettled(lanes);
  }
}
