import type { ErrorAnswer } from '@gatehouse/contract-kit';
import { escapeHtml } from '@gatehouse/kernel';
import { STYLE } from './pages.style.js';

export const HTML = 'text/html; charset=utf-8';

/**
 * Sent with every page, refusals included: no script, nothing from elsewhere, no frame around it, and the form goes to
 * this service alone. The address holds a secret: it must not travel on in `Referer`.
 */
export const PAGE_HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'Referrer-Policy': 'no-referrer',
};

/**
 * @param body HTML
 * @param title for the tab, where it says more than the heading
 */
export function page(heading: string, body: string, title = heading): string {
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
<h1>${escapeHtml(heading)}</h1>
${body}
</main>
</body>
</html>
`;
}

const paragraph = (text: string): string => `<p>${escapeHtml(text)}</p>`;

/** A page that says one thing. */
export const messagePage = (heading: string, ...texts: readonly string[]): string =>
  page(heading, texts.map(paragraph).join('\n'));

/**
 * What is shown for a verification link that works no more, with a button that mails another one.
 * @param token the link's, whose path ends in `api/v1/auth/verify-email/<token>`
 */
export const staleLinkPage = (token: string): string =>
  page(
    'This link does not work any more',
    `<p>It has expired, or it was cut when it was copied, or the address was verified already: by a newer link, or by
the code in the mail.</p>
<form method="post" action="../../../../verify-email/resend">
<input type="hidden" name="token" value="${escapeHtml(token)}">
<button>Mail me another one</button>
</form>`,
  );

/** A refusal as a page. */
export const errorPage = ({ status, message }: ErrorAnswer): string =>
  messagePage(status < 500 ? 'That did not work' : 'This does not work right now', `${message}.`);
