import type { ClientId, SessionId, UserId } from '@gatehouse/kernel';

/** Why a login was refused, as far as it is recorded: a try under a lock is not, its lock is. */
export type LoginRefusal = 'credentials_invalid' | 'account_blocked' | 'email_unverified';

/** A keyed hash (HMAC-SHA256, base64url) of a name that no account has: people type passwords into that field. */
interface NameTried {
  readonly name?: string;
}

/**
 * Everything that is recorded, with what each event tells beside who, whom, when and where. Never a secret, and of
 * people's data nothing but ids. docs/audit.md explains each.
 */
export interface AuditDetails {
  registered: Record<string, never>;
  logged_in: Record<string, never>;
  login_refused: NameTried & { readonly reason: LoginRefusal };
  account_locked: NameTried;
  session_ended: { readonly reason: string };
  refresh_token_reused: Record<string, never>;
  password_check_failed: Record<string, never>;
  password_changed: { readonly by: 'current_password' | 'session' | 'reset_link' };
  password_reset_requested: NameTried;
  email_verified: { readonly by: 'link' | 'code' };
  email_changed: { readonly verified: boolean };
  username_changed: Record<string, never>;
  role_changed: { readonly role: 'USER' | 'ADMIN' };
  account_blocked: Record<string, never>;
  account_unblocked: Record<string, never>;
  admin_created: Record<string, never>;
  accounts_imported: { readonly made: number };
  client_created: { readonly client: ClientId; readonly kind: string };
  client_secret_rotated: { readonly client: ClientId; readonly overlapMs: number };
  client_disabled: { readonly client: ClientId };
  signing_keys_rotated: { readonly kid: string };
  audit_pruned: { readonly rows: number; readonly before: string };
}

export type AuditEventName = keyof AuditDetails;

/** Who acts: an account, whoever runs the command line, or nobody who is known. */
export type Actor = `user:${UserId}` | 'command line' | null;

/** Who acts, through what and from where. */
export interface Act {
  readonly actor: Actor;
  readonly contract: string | null;
  readonly clientId: ClientId | null;
  readonly ip: string | null;
  /** At most 512 characters. */
  readonly userAgent: string | null;
  readonly requestId: string | null;
}

/** What somebody does who runs `gatehouse …` on a machine of the service. */
export const COMMAND_LINE: Act = {
  actor: 'command line',
  contract: null,
  clientId: null,
  ip: null,
  userAgent: null,
  requestId: null,
};

/** One event as it is recorded. */
export type AuditRecord = {
  [Name in AuditEventName]: {
    readonly event: Name;
    /** The account that it happened to. */
    readonly userId?: UserId | undefined;
    readonly sessionId?: SessionId | undefined;
    readonly act: Act;
  } & (Record<string, never> extends AuditDetails[Name]
    ? { readonly details?: AuditDetails[Name] }
    : { readonly details: AuditDetails[Name] });
}[AuditEventName];
