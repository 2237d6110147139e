import { escapeHtml } from '@gatehouse/kernel';
import type { WrittenMail } from '@gatehouse/mail';

/** No script, nothing from elsewhere. A mail's own HTML is shown in a frame that may do nothing but follow a link. */
export const MAILBOX_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'Referrer-Policy': 'no-referrer',
};

const STYLE = `
  :root { color-scheme: light dark; --text: #1b1f24; --quiet: #57606a; --ground: #fff; --line: #d0d7de; --act: #0b57d0 }
  @media (prefers-color-scheme: dark) { :root { --text: #e6e9ee; --quiet: #a8b1bd; --ground: #14171c; --line: #4a535f;
    --act: #8ab4f8 } }
  body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 46rem; padding: 0 1rem; color: var(--text);
    background: var(--ground); overflow-wrap: anywhere }
  a { color: var(--act) } h1 { font-size: 1.5rem; line-height: 1.25 } .quiet { color: var(--quiet) }
  form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end } label { flex: 1 14rem; font-weight: 600 }
  input { box-sizing: border-box; display: block; width: 100%; margin-top: .25rem }
  input, button { font: inherit; font-weight: 400; padding: .45rem .7rem } time { white-space: nowrap }
  article { border: 1px solid var(--line); border-radius: 8px; margin: 1rem 0; padding: 1rem }
  h2 { font-size: 1.1rem; margin: 0 } h2 + p { margin: 0 }
  pre { font: inherit; white-space: pre-wrap; margin: 1rem 0 } summary { cursor: pointer }
  iframe { box-sizing: border-box; width: 100%; height: 30rem; margin-top: .5rem; border: 1px solid var(--line); background: #fff }`;

/** Text as it is, its links clickable. */
const linked = (text: string): string =>
  escapeHtml(text).replace(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`);

/** Pages refuse to be framed: the frame's links open in place of the mailbox. */
const framed = (html: string): string => escapeHtml(html.replaceAll('<a ', '<a target="_top" '));

const time = (date: Date): string =>
  `<time datetime="${date.toISOString()}">${date.toISOString().slice(0, 19).replace('T', ' ')} UTC</time>`;

const article = ({ to, subject, text, html, createdAt }: WrittenMail): string => `
<article>
<h2>${escapeHtml(subject)}</h2>
<p class="quiet">to <a href="?to=${encodeURIComponent(to)}">${escapeHtml(to)}</a>, ${time(createdAt)}</p>
<pre>${linked(text)}</pre>
<details>
<summary>As HTML</summary>
<iframe sandbox="allow-top-navigation-by-user-activation" loading="lazy" title="${escapeHtml(subject)}" srcdoc="${framed(html)}"></iframe>
</details>
</article>`;

const empty = (recipient: string | undefined): string =>
  recipient === undefined
    ? '<p>No mail yet. Register through a contract that verifies addresses, or ask for a password reset.</p>'
    : `<p>No mail to ${escapeHtml(recipient)} yet. <a href="?">Show all mails</a></p>`;

const count = (shown: number, most: number): string =>
  shown < most ? `${shown} ${shown === 1 ? 'mail' : 'mails'}` : `The newest ${most} mails`;

/**
 * The mailbox as a page.
 * @param recipient the address that it is filtered by
 * @param most as many mails as are shown at once
 */
export function mailboxPage(
  mails: readonly WrittenMail[],
  recipient: string | undefined,
  most: number,
): string {
  const title = recipient === undefined ? 'Mailbox' : `Mailbox of ${recipient}`;
  const all = recipient === undefined ? '' : ' <a href="?">Show all mails</a>';
  const counted = `<p class="quiet">${count(mails.length, most)}, newest first.${all}</p>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p class="quiet">Every mail that this service writes is shown here, whether or not SMTP_URL sends it too.</p>
<form>
<label>Only those to <input type="search" name="to" value="${escapeHtml(recipient ?? '')}" autocomplete="off" autocapitalize="none" spellcheck="false" placeholder="name@example.com"></label>
<button>Show</button>
</form>
${mails.length > 0 ? counted + mails.map(article).join('\n') : empty(recipient)}
</main>
</body>
</html>
`;
}
