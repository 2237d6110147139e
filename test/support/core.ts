import { randomUUID } from 'node:crypto';
import type { Act } from '@gatehouse/audit';
import { type Caller, type Grant, Refresh, Registration } from '@gatehouse/auth';
import { AuthError, type ErrorCode, type SessionId } from '@gatehouse/kernel';
import {
  type Device,
  type Presented,
  RefreshRotation,
  type Rotation,
  type SessionOrigin,
} from '@gatehouse/sessions';
import { AccessTokens, decodeRefreshSecret, type RefreshFormat } from '@gatehouse/tokens';
import type { Service } from './start-service.js';

export const DEVICE: Device = { ip: '127.0.0.1', userAgent: null };

/** A session's origin as a contract that refreshes in this way would give it. */
export const originOf = (
  format: RefreshFormat,
  { rotates = true, contract = `by-${format}`, clientId = null as SessionOrigin['clientId'] } = {},
): SessionOrigin => ({ contract, clientId, channel: null, refresh: { format, rotates } });

export const callerOf = (origin: SessionOrigin): Caller => ({
  requestId: 'test',
  device: DEVICE,
  origin,
  application: null,
});

/** As what an act through it is recorded. */
const actOf = ({ contract, clientId }: SessionOrigin): Act => ({
  ...{ contract, clientId, ...DEVICE },
  actor: null,
  requestId: 'test',
});

/** A new account with a session of this origin. */
export function openSession(service: Service, origin: SessionOrigin): Promise<Grant> {
  const account = { email: `${randomUUID()}@example.com`, password: 'correct horse', verifiesEmail: false };
  return service.nest.get(Registration, { strict: false }).registerAndLogIn(account, callerOf(origin));
}

/** The claims of a grant's access token, unverified. */
export const accessClaims = ({ access }: Grant): { sid: SessionId; gen: number; jti: string; uid: number } =>
  payloadOf(access.token);

const payloadOf = <T>(jwt: string): T =>
  JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as T;

/** The refresh secret that a grant carries, wherever its format puts it. */
export function presentedBy(grant: Grant, format: RefreshFormat): Presented {
  const { sid, jti } = accessClaims(grant);
  const carried = {
    uuid: () => grant.refreshToken,
    access: () => jti,
    jwt: () => payloadOf<{ jti: string }>(grant.refreshToken).jti,
  };
  return { sessionId: sid, format, secret: decodeRefreshSecret(format, carried[format]()) };
}

export const presentedAfter = ({ session }: Rotation): Presented => ({
  sessionId: session.id,
  format: session.format,
  secret: session.secret,
});

export const rotate = (service: Service, presented: Presented, origin: SessionOrigin): Promise<Rotation> =>
  service.nest.get(RefreshRotation, { strict: false }).rotate(presented, origin, actOf(origin));

/** The whole use case, as a contract calls it: by the tokens themselves. */
export async function refresh(service: Service, grant: Grant, origin: SessionOrigin): Promise<Grant> {
  const accessToken = await service.nest
    .get(AccessTokens, { strict: false })
    .verifyForRefresh(grant.access.token);
  const request =
    origin.refresh.format === 'access' ? { accessToken } : { accessToken, refreshToken: grant.refreshToken };
  return service.nest.get(Refresh, { strict: false }).refresh(request, callerOf(origin));
}

/** The code of the refusal, or 'accepted'. */
export async function outcomeOf(work: Promise<unknown>): Promise<ErrorCode | 'accepted'> {
  try {
    await work;
    return 'accepted';
  } catch (error) {
    if (error instanceof AuthError) return error.code;
    throw error;
  }
}

/** Whether an access token is accepted now, or the code of its refusal. */
export const accessOutcome = (service: Service, { access }: Grant): Promise<ErrorCode | 'accepted'> =>
  outcomeOf(service.nest.get(AccessTokens, { strict: false }).verify(access.token));

/** Everything that a refresh may change, as PostgreSQL holds it. */
export interface SessionState {
  readonly gen: number;
  readonly leaf: string;
  readonly parent: string | null;
  readonly rotated_at: Date | null;
  readonly last_seen_at: Date;
  readonly idle_expires_at: Date;
  readonly expires_at: Date;
  readonly ended_at: Date | null;
  readonly end_reason: string | null;
  /** The value of its row in `revocations`. */
  readonly revocation: string | null;
  readonly spent: number;
}

export async function stateOf(service: Service, id: SessionId): Promise<SessionState> {
  const [row] = await service.database.query<SessionState>(
    `SELECT gen, encode(leaf, 'hex') AS leaf, encode(parent, 'hex') AS parent, rotated_at, last_seen_at,
            idle_expires_at, expires_at, ended_at, end_reason,
            (SELECT value FROM revocations WHERE sid = s.id) AS revocation,
            (SELECT count(*)::int FROM spent_refresh_tokens WHERE session_id = s.id) AS spent
     FROM sessions s WHERE id = $1`,
    [id],
  );
  if (!row) throw new Error(`there is no session ${id}`);
  return row;
}
