import type { ClientId } from '@gatehouse/kernel';
import type { RefreshFormat } from '@gatehouse/tokens';

/** Where a session comes from and how it is refreshed: only the same contract and application may refresh it. */
export interface SessionOrigin {
  readonly contract: string;
  readonly clientId: ClientId | null;
  readonly channel: string | null;
  readonly refresh: { readonly format: RefreshFormat; readonly rotates: boolean };
}

/** Which device speaks. */
export interface Device {
  readonly ip: string;
  readonly userAgent: string | null;
}

const USER_AGENT_MOST = 512;

/** A User-Agent as it can be stored: whole Unicode, no U+0000, at most 512 characters. */
export const storableUserAgent = (userAgent: string | undefined): string | null =>
  userAgent ? userAgent.slice(0, USER_AGENT_MOST).toWellFormed().replaceAll('\0', '') : null;
