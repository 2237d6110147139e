/** What somebody who reads a mail would click on or type in. */
export interface MailedSecrets {
  readonly link: string | null;
  /** The link's `token`, or its last part where it has none. */
  readonly token: string | null;
  /** Six digits. */
  readonly code: string | null;
}

/** Reads them from a mail's text, where each has a line to itself: what is not there, nobody was mailed. */
export function mailedSecrets(text: string): MailedSecrets {
  const link = /^https?:\/\/\S+$/m.exec(text)?.[0] ?? null;
  const code = /^\d{6}$/m.exec(text)?.[0] ?? null;
  return { link, token: link === null ? null : tokenOf(new URL(link)), code };
}

const tokenOf = ({ searchParams, pathname }: URL): string | null =>
  searchParams.get('token') ?? (pathname.split('/').at(-1) || null);
