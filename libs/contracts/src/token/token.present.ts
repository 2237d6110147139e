import type { Account, Grant, ListedSession } from '@gatehouse/auth';
import { type Page, totalPages } from '@gatehouse/kernel';
import type { Shown } from '@gatehouse/contract-kit';
import type { AccessToken } from '@gatehouse/tokens';
import type { Registered, Revoked, Sessions, Tokens, Verified } from './token.shapes.js';

export const presentRegistered = (account: Account): Shown<typeof Registered> => ({
  id: account.id,
  username: account.displayedName,
  email: account.email,
  created_at: account.createdAt.toISOString(),
});

/** RFC 6749 §5.1. */
export const presentGrant = ({ access, refreshToken }: Grant): Shown<typeof Tokens> => ({
  access_token: access.token,
  token_type: 'Bearer',
  expires_in: access.expiresIn,
  refresh_token: refreshToken,
});

/** Of tokens that are shown with each request: to spell a time takes longer than all the rest of an answer. */
const expiries = new WeakMap<AccessToken, string>();

function expiryOf(token: AccessToken): string {
  const known = expiries.get(token);
  if (known !== undefined) return known;
  const spelled = token.expiresAt.toISOString();
  expiries.set(token, spelled);
  return spelled;
}

export const presentVerified = (token: AccessToken): Shown<typeof Verified> => ({
  valid: true,
  user_id: token.userId,
  username: token.username,
  role: token.role,
  session_id: token.sessionId,
  expires_at: expiryOf(token),
});

export const presentRevoked = (): Shown<typeof Revoked> => ({ revoked: true });

const presentSession = (session: ListedSession): Shown<typeof Sessions>['data'][number] => ({
  id: session.id,
  user_id: session.userId,
  contract: session.contract,
  channel: session.channel,
  ip: session.ip,
  user_agent: session.userAgent,
  created_at: session.createdAt.toISOString(),
  last_seen_at: session.lastSeenAt.toISOString(),
  expires_at: session.expiresAt.toISOString(),
  revoked_at: session.endedAt?.toISOString() ?? null,
  current: session.current,
});

export const presentSessions = (page: Page<ListedSession>): Shown<typeof Sessions> => ({
  data: page.items.map(presentSession),
  page: page.page,
  per_page: page.perPage,
  total: page.total,
  total_pages: totalPages(page),
});
