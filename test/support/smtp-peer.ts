import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import { LOCALHOST_CERTIFICATE, LOCALHOST_KEY } from './localhost-certificate.js';

/** What the peer does at a step: accept, answer with an error, keep silent until `release`, or drop the connection. */
export type Behaviour = 'accept' | 'hang' | 'die' | { readonly code: number; readonly text: string };

/** When: as it is connected to, at MAIL FROM, at RCPT TO, in the middle of DATA, after its end. */
export type Step = 'greeting' | 'sender' | 'recipient' | 'data' | 'end';

export interface ReceivedMail {
  /** From the envelope. */
  readonly recipient: string;
  readonly sender: string;
  readonly mail: ParsedMail;
  readonly secure: boolean;
  /** Who had logged in; undefined where nobody had. */
  readonly user: string | undefined;
}

export interface SmtpPeerOptions {
  readonly port?: number;
  /** TLS from the first byte. */
  readonly secure?: boolean;
  readonly startTls?: boolean;
  /** `user:password`, and then nobody else is let in. */
  readonly login?: string;
}

/** A real SMTP server that a test tells how to behave. */
export class SmtpPeer {
  /** What it does at each step; `accept` where nothing is said. A function decides by the recipient. */
  script: Partial<Record<Step, Behaviour | ((recipient: string) => Behaviour)>> = {};
  /** The steps that were reached, in order, with the recipient where it is known. */
  readonly reached: string[] = [];
  /** The mails that were answered with 250. */
  readonly accepted: ReceivedMail[] = [];
  /** Whole mails, whatever they were answered. */
  readonly seen: ReceivedMail[] = [];
  private readonly server: SMTPServer;
  private readonly sockets = new Map<number, Socket>();
  private held: (() => void)[] = [];

  private constructor(private readonly options: SmtpPeerOptions) {
    this.server = new SMTPServer(this.serverOptions());
    // a client that goes away is what some tests are about
    this.server.on('error', () => undefined);
    this.server.server.on('connection', (socket) => {
      const port = socket.remotePort as number;
      this.sockets.set(port, socket);
      socket.on('close', () => this.sockets.delete(port));
    });
  }

  static async start(options: SmtpPeerOptions = {}): Promise<SmtpPeer> {
    const peer = new SmtpPeer(options);
    await new Promise<void>((resolve) => peer.server.listen(options.port ?? 0, '127.0.0.1', resolve));
    return peer;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  /** For SMTP_URL, with the login where it asks for one. */
  get url(): string {
    const { secure, login } = this.options;
    return `${secure ? 'smtps' : 'smtp'}://${login ? `${login}@` : ''}127.0.0.1:${this.port}`;
  }

  /** The addresses that mails were accepted for, in order. */
  get recipients(): string[] {
    return this.accepted.map(({ recipient }) => recipient);
  }

  /** How many are connected now. A process that was killed stays among them until its end has been noticed. */
  get connections(): number {
    return this.sockets.size;
  }

  to(recipient: string): ReceivedMail[] {
    return this.accepted.filter((mail) => mail.recipient === recipient);
  }

  /** From now on it accepts, and so does whatever hangs. */
  release(): void {
    this.script = {};
    for (const go of this.held.splice(0)) go();
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets.values()) socket.destroy();
    this.held = [];
    await new Promise<void>((resolve) => this.server.close(resolve));
  }

  private serverOptions(): SMTPServerOptions {
    const { secure = false, startTls = false, login } = this.options;
    return {
      secure,
      key: LOCALHOST_KEY,
      cert: LOCALHOST_CERTIFICATE,
      hideSTARTTLS: !startTls,
      authOptional: login === undefined,
      allowInsecureAuth: true,
      disableReverseLookup: true,
      closeTimeout: 100,
      logger: false,
      onAuth: ({ username, password }, _session, callback) =>
        `${username}:${password}` === login
          ? callback(null, { user: username })
          : callback(problem(535, 'wrong login')),
      onConnect: (session, callback) => this.act('greeting', session, callback),
      onMailFrom: (_address, session, callback) => this.act('sender', session, callback),
      onRcptTo: ({ address }, session, callback) => this.act('recipient', session, callback, address),
      onData: (stream, session, callback) => {
        const recipient = session.envelope.rcptTo[0]?.address ?? '';
        if (this.behaviour('data', recipient) === 'die') {
          stream.once('data', () => this.act('data', session, callback, recipient));
          return;
        }
        void buffer(stream).then(
          async (source) => {
            const received = await this.received(source, session, recipient);
            this.seen.push(received);
            this.act('end', session, callback, recipient, () => this.accepted.push(received));
          },
          // who hangs up in the middle of a mail has sent none
          () => undefined,
        );
      },
    };
  }

  private behaviour(step: Step, recipient: string): Behaviour {
    const said = this.script[step] ?? 'accept';
    return typeof said === 'function' ? said(recipient) : said;
  }

  private act(
    step: Step,
    session: SMTPServerSession,
    answer: (error?: Error | null) => void,
    recipient = '',
    onAccept: () => void = () => undefined,
  ): void {
    this.reached.push(recipient ? `${step} ${recipient}` : step);
    const behaviour = this.behaviour(step, recipient);
    const accept = (): void => {
      onAccept();
      answer();
    };
    if (behaviour === 'accept') accept();
    else if (behaviour === 'die') this.sockets.get(session.remotePort)?.destroy();
    else if (behaviour !== 'hang') answer(problem(behaviour.code, behaviour.text));
    // who hung up in the meantime gets no mail accepted
    else this.held.push(() => this.sockets.has(session.remotePort) && accept());
  }

  private async received(
    source: Buffer,
    session: SMTPServerSession,
    recipient: string,
  ): Promise<ReceivedMail> {
    const { mailFrom } = session.envelope;
    return {
      recipient,
      sender: mailFrom ? mailFrom.address : '',
      mail: await simpleParser(source),
      secure: session.secure,
      user: session.user as string | undefined,
    };
  }
}

const problem = (responseCode: number, text: string): Error =>
  Object.assign(new Error(text), { responseCode });
