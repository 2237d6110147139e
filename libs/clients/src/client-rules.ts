import type { FieldFault } from '@gatehouse/kernel';
import type { NewClient } from './clients.service.js';

/** What a confidential application may be allowed to do. */
export const SCOPES = ['introspect', 'revoke', 'feed'] as const;

const CHANNEL = /^[A-Za-z0-9._-]{1,50}$/;
const SCOPE_NAMES: readonly string[] = SCOPES;

const isHttpUrl = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** Why no application can be like this, by the field to change; undefined where it can. */
export function clientFault(client: Omit<NewClient, 'name' | 'secret'>): FieldFault | undefined {
  const { kind, channels, scopes } = client;
  const open = kind === 'public';
  if (open && channels.length === 0) return { field: 'channels', reason: 'must name one: it is public' };
  if (open && scopes.length > 0) return { field: 'scopes', reason: 'are for confidential applications' };
  if (!open && scopes.length === 0) return { field: 'scopes', reason: 'must name one: it is confidential' };
  if (!open && channels.length > 0) return { field: 'channels', reason: 'are for public applications' };
  const unknown = scopes.find((scope) => !SCOPE_NAMES.includes(scope));
  if (unknown !== undefined)
    return { field: 'scopes', reason: `may not hold ${unknown}, but ${SCOPES.join(', ')}` };
  const odd = channels.find((channel) => !CHANNEL.test(channel));
  if (odd !== undefined)
    return { field: 'channels', reason: `may not hold ${odd}: use letters, digits, or . _ -` };
  for (const field of ['verifyEmailUrl', 'passwordResetUrl'] as const) {
    const url = client[field];
    if (url !== undefined && !isHttpUrl(url)) return { field, reason: `must be an http or https URL` };
  }
  return undefined;
}
