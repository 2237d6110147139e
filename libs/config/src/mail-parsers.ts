import { domainToASCII } from 'node:url';
import { SettingFault } from './setting.js';

/** The server that takes the service's mail, as SMTP_URL names it. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /**
   * `implicit`: TLS from the first byte. Else STARTTLS: `opportunistic` where the server offers it, `required` or not
   * at all, or `off`.
   */
  readonly tls: 'implicit' | 'opportunistic' | 'required' | 'off';
  readonly login: { readonly user: string; readonly password: string } | undefined;
}

export interface MailAddress {
  /** Empty where the address stands alone. */
  readonly name: string;
  readonly address: string;
}

/** Ports of message submission (RFC 6409) and of submission over TLS (RFC 8314). */
const SUBMISSION = 587;
const SUBMISSION_TLS = 465;

/** `smtp://user:password@host:587`, `smtps://…`; `?tls=required` and `?tls=off` say what becomes of STARTTLS. */
export function smtpUrl(text: string): SmtpServer {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const host = url && hostOf(url);
  if (!url || !host || !['smtp:', 'smtps:'].includes(url.protocol) || url.port === '0') {
    throw new SettingFault('must be a URL such as smtp://user:password@smtp.example.com:587');
  }
  if (!['', '/'].includes(url.pathname) || url.hash !== '') {
    throw new SettingFault('must end with the port, or with ?tls=required or ?tls=off');
  }
  const tls = tlsOf(url);
  const port = Number(url.port) || (tls === 'implicit' ? SUBMISSION_TLS : SUBMISSION);
  return { host, port, tls, login: loginOf(url) };
}

function hostOf({ hostname }: URL): string {
  if (hostname.startsWith('[')) return hostname.slice(1, -1);
  return domainToASCII(decoded(hostname));
}

function tlsOf({ protocol, search, searchParams }: URL): SmtpServer['tls'] {
  if (protocol === 'smtps:') {
    if (search !== '') throw new SettingFault('takes no parameters with smtps: it is TLS always');
    return 'implicit';
  }
  const given = [...searchParams];
  if (given.length === 0) return 'opportunistic';
  const [name, value] = given[0] as [string, string];
  if (given.length > 1 || name !== 'tls' || (value !== 'required' && value !== 'off')) {
    throw new SettingFault('takes one parameter: ?tls=required or ?tls=off');
  }
  return value;
}

function loginOf({ username, password }: URL): SmtpServer['login'] {
  if (username === '' && password === '') return undefined;
  if (username === '' || password === '') {
    throw new SettingFault('needs a user and a password, or neither of them');
  }
  return { user: decoded(username), password: decoded(password) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new SettingFault('holds a % that begins no percent-encoded character (write %25)');
  }
}

/** `Name <address>`, or the address alone. */
export function mailAddress(text: string): MailAddress {
  const match = /^(?:(?<name>[^<>]*)<(?<inner>[^<>]*)>|(?<bare>[^<>]*))$/.exec(text.trim());
  const address = (match?.groups?.['inner'] ?? match?.groups?.['bare'] ?? '').trim();
  const name = (match?.groups?.['name'] ?? '').trim().replace(/^"(.*)"$/, '$1');
  if (!/^[^\s@<>"(),:;\\]+@[^\s@<>"(),:;\\]+$/.test(address) || /\p{Cc}/u.test(name)) {
    throw new SettingFault('must be an address such as Gatehouse <no-reply@example.com>');
  }
  return { name, address };
}
