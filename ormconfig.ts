import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { AuditEvent } from '@gatehouse/audit';
import { Client, ClientSecret } from '@gatehouse/clients';
import { dataSourceOptions } from '@gatehouse/database';
import { KnownNetwork, LoginFailure, ThrottleCounter } from '@gatehouse/guessing';
import { Mail } from '@gatehouse/mail';
import { OneTimeCode, OneTimeSecret } from '@gatehouse/secrets';
import { Session, SpentRefreshToken } from '@gatehouse/sessions';
import { DenylistState, Revocation, SigningKey } from '@gatehouse/tokens';
import { User } from '@gatehouse/users';

/** Every entity: what `typeorm migration:generate` holds against the schema. */
export const ENTITIES = [
  User,
  Client,
  ClientSecret,
  SigningKey,
  Revocation,
  DenylistState,
  Session,
  SpentRefreshToken,
  OneTimeSecret,
  OneTimeCode,
  LoginFailure,
  KnownNetwork,
  ThrottleCounter,
  Mail,
  AuditEvent,
];

const url = process.env['DATABASE_URL'];
if (!url) throw new Error('set DATABASE_URL for the TypeORM command line');

/** For the TypeORM command line: `npm run build && DATABASE_URL=… npx typeorm migration:show -d dist/ormconfig.js`. */
export default new DataSource({ ...dataSourceOptions(url), entities: ENTITIES });
