import { escapeHtml, type WrittenMail } from '@gatehouse/mail';

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 46rem; padding: 0 1rem; color: #1b1f24 }
  article { border: 1px solid #d0d7de; border-radius: 8px; margin: 1rem 0; padding: 0 1rem }
  h2 { font-size: 1.1rem } header { color: #57606a } pre { white-space: pre-wrap; overflow-wrap: anywhere }`;

/** Text as it is, its links clickable. */
const linked = (text: string): string =>
  escapeHtml(text).replace(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`);

const article = ({ to, subject, text, createdAt }: WrittenMail): string => `
<article>
  <h2>${escapeHtml(subject)}</h2>
  <header>to ${escapeHtml(to)}, <time>${createdAt.toISOString()}</time></header>
  <pre>${linked(text)}</pre>
</article>`;

/** The mailbox as a page. @param recipient the address that it is filtered by */
export function mailboxPage(mails: readonly WrittenMail[], recipient: string | undefined): string {
  const title = recipient === undefined ? 'Mailbox' : `Mailbox of ${recipient}`;
  const empty =
    '<p>No mail yet. Register through a contract that verifies addresses, or ask for a password reset.</p>';
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body>
<h1>${escapeHtml(title)}</h1>
${mails.length > 0 ? mails.map(article).join('\n') : empty}
</body>
</html>
`;
}
