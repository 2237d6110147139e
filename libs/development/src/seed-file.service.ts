import { Injectable, type Type } from '@nestjs/common';
import { AuthError, type ErrorCode, OperatorError } from '@gatehouse/kernel';
import { validFields } from '@gatehouse/contract-kit';
import { SeedClientDto } from './dto/seed-client.dto.js';
import { SeedUserDto } from './dto/seed-user.dto.js';
import { Seeding } from './seeding.service.js';

/** How many of a kind were made, and how many were there already. */
export interface Planted {
  readonly made: number;
  readonly found: number;
}

/** Something is wrong with a file of seeds; the message lists every fault by its place. */
export class SeedFileFault extends OperatorError {
  override readonly name = 'SeedFileFault';
}

const KINDS = ['users', 'clients'] as const;
type Kind = (typeof KINDS)[number];

const TAKEN: readonly ErrorCode[] = ['username_taken', 'email_taken', 'client_taken'];

/** A file of accounts and applications: `{"users": [...], "clients": [...]}`, each as POST /dev/users and /dev/clients take it. */
@Injectable()
export class SeedFile {
  constructor(private readonly seeding: Seeding) {}

  /**
   * Makes what the file lists and leaves what is there: the same file may be planted again. Throws SeedFileFault; where
   * it can be seen from the file alone, before anything is made.
   */
  async plant(text: string): Promise<Record<Kind, Planted>> {
    const { users, clients } = read(text);
    const faults: string[] = [];
    const wanted = {
      users: await valid(SeedUserDto, 'users', users, faults),
      clients: await valid(SeedClientDto, 'clients', clients, faults),
    };
    if (faults.length > 0) throw new SeedFileFault(faults.join('\n  '));
    return {
      users: await planted('users', wanted.users, (user) => this.seeding.createUser(user)),
      clients: await planted('clients', wanted.clients, (client) => this.seeding.createClient(client)),
    };
  }
}

function read(text: string): Record<Kind, readonly unknown[]> {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    throw new SeedFileFault(`the file is no JSON: ${(error as Error).message}`);
  }
  if (typeof file !== 'object' || file === null || Array.isArray(file))
    throw new SeedFileFault('the file must be an object {"users": [...], "clients": [...]}');
  const unknown = Object.keys(file).find((key) => !(KINDS as readonly string[]).includes(key));
  if (unknown !== undefined) throw new SeedFileFault(`the file may hold users and clients, not ${unknown}`);
  const { users = [], clients = [] } = file as Record<Kind, unknown>;
  if (!Array.isArray(users) || !Array.isArray(clients))
    throw new SeedFileFault('users and clients must be lists');
  return { users, clients };
}

async function valid<T>(
  dto: Type<T>,
  kind: Kind,
  entries: readonly unknown[],
  faults: string[],
): Promise<readonly T[]> {
  const found: T[] = [];
  for (const [index, entry] of entries.entries()) {
    try {
      found.push(await validFields(dto, entry));
    } catch (error) {
      faults.push(...faultsOf(error, `${kind}[${index}]`));
    }
  }
  return found;
}

async function planted<T>(
  kind: Kind,
  entries: readonly T[],
  create: (entry: T) => Promise<unknown>,
): Promise<Planted> {
  let made = 0;
  for (const [index, entry] of entries.entries()) {
    try {
      await create(entry);
      made++;
    } catch (error) {
      if (error instanceof AuthError && TAKEN.includes(error.code)) continue;
      throw new SeedFileFault(faultsOf(error, `${kind}[${index}]`).join('\n  '), { cause: error });
    }
  }
  return { made, found: entries.length - made };
}

/** What was refused, by its place in the file. Anything unforeseen is thrown on. */
function faultsOf(error: unknown, place: string): string[] {
  if (!(error instanceof AuthError)) throw error;
  if (error.code === 'request_malformed') return [`${place} must be an object`];
  if (error.code !== 'validation_failed') throw error;
  return error.fields.map(({ field, reason }) => `${place}.${field} ${reason}`);
}
