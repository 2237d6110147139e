import { createTransport, type Transporter } from 'nodemailer';
import type { MailAddress, SmtpServer } from '@gatehouse/config';
import { DeliveryFailure, MailTransport, type OutgoingMail } from './mail-transport.js';

/** How long a peer may keep silent, in milliseconds. */
export interface SmtpPatience {
  /** Until it has accepted the connection, and greeted. */
  readonly connect: number;
  /** Between a command and its reply. */
  readonly reply: number;
}

const PATIENCE: SmtpPatience = { connect: 5_000, reply: 10_000 };
/** A connection that idles is closed before the peer closes it in the middle of the next mail. */
const IDLE_MS = 10_000;

/** Hands mails to an SMTP server (RFC 5321), over connections that are kept for the next mail. */
export class SmtpTransport extends MailTransport {
  private readonly pool: Transporter;
  private readonly domain: string;

  /** @param connections how many may be open at once */
  constructor(
    server: SmtpServer,
    private readonly from: MailAddress,
    connections: number,
    patience: SmtpPatience = PATIENCE,
  ) {
    super();
    this.domain = from.address.slice(from.address.lastIndexOf('@') + 1);
    this.pool = createTransport({
      pool: true,
      host: server.host,
      port: server.port,
      secure: server.tls === 'implicit',
      requireTLS: server.tls === 'required',
      ignoreTLS: server.tls === 'off',
      ...(server.login && { auth: { user: server.login.user, pass: server.login.password } }),
      maxConnections: connections,
      // the queue tries again, with its own pauses
      maxRequeues: 0,
      idleTimeout: IDLE_MS,
      dnsTimeout: patience.connect,
      connectionTimeout: patience.connect,
      greetingTimeout: patience.connect,
      socketTimeout: patience.reply,
      socketCloseTimeout: 500,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  override async deliver(mail: OutgoingMail, signal: AbortSignal): Promise<void> {
    const { name, address } = this.from;
    // As an object it is one address, whatever it holds; a string would be read as a list of them.
    const to = { name: '', address: mail.to };
    try {
      await this.pool.sendMail({
        from: { name, address },
        to,
        envelope: { from: address, to: [to] },
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        messageId: `<${mail.messageId}@${this.domain}>`,
        // RFC 3834 §5: no out-of-office replies
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal,
      });
    } catch (error) {
      throw failureOf(error as SmtpError);
    }
  }

  override close(): void {
    this.pool.close({ force: true });
  }
}

/** What nodemailer throws. */
interface SmtpError extends Error {
  readonly code?: string;
  readonly command?: string;
  /** The reply as the peer sent it: may hold the address. */
  readonly response?: string;
  readonly responseCode?: number;
}

function failureOf(error: SmtpError): DeliveryFailure {
  const { code = 'unknown', command = '', response = '', responseCode } = error;
  const cause = { cause: error };
  if (responseCode === undefined) {
    // Refused before it was sent, such as an address with a line break in it; else there was no reply.
    const unsendable = code === 'EENVELOPE';
    return new DeliveryFailure(unsendable ? 'unusable address' : `no reply (${code})`, unsendable, cause);
  }
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  const reason = `${responseCode}${enhanced ? ` ${enhanced}` : ''} to ${command}`;
  return new DeliveryFailure(reason, isFinal(command, responseCode, enhanced), cause);
}

/**
 * A recipient or a message that is refused for good. What the operator can mend is tried again: a refused login or
 * sender, "authenticate first" (530), and policy (x.7.x of RFC 3463), such as relaying that is not allowed yet.
 */
function isFinal(command: string, code: number, enhanced = ''): boolean {
  if (code < 500 || code === 530 || enhanced.startsWith('5.7.')) return false;
  return command === 'RCPT TO' || command === 'DATA';
}
