import { Accounts1763600000000 } from './1763600000000-accounts.js';
import { Clients1763600001000 } from './1763600001000-clients.js';
import { Tokens1763600002000 } from './1763600002000-tokens.js';
import { Sessions1763600003000 } from './1763600003000-sessions.js';
import { SecretsGuessingMail1763600004000 } from './1763600004000-secrets-guessing-mail.js';
import { Codes1763600005000 } from './1763600005000-codes.js';
import { MailDelivery1763600010100 } from './1763600010100-mail-delivery.js';
import { Denylist1763600020000 } from './1763600020000-denylist.js';
import { LiveSessions1763600021000 } from './1763600021000-live-sessions.js';
import { BlockedAccounts1763600022000 } from './1763600022000-blocked-accounts.js';
import { KnownNetworks1763600030100 } from './1763600030100-known-networks.js';
import { ThrottleCounters1763600030200 } from './1763600030200-throttle-counters.js';
import { Upkeep1763600030300 } from './1763600030300-upkeep.js';
import { Audit1763600030400 } from './1763600030400-audit.js';

/** Every migration, oldest first. A landed one is never edited: a change is another migration. */
export const MIGRATIONS = [
  Accounts1763600000000,
  Clients1763600001000,
  Tokens1763600002000,
  Sessions1763600003000,
  SecretsGuessingMail1763600004000,
  Codes1763600005000,
  MailDelivery1763600010100,
  Denylist1763600020000,
  LiveSessions1763600021000,
  BlockedAccounts1763600022000,
  KnownNetworks1763600030100,
  ThrottleCounters1763600030200,
  Upkeep1763600030300,
  Audit1763600030400,
];
