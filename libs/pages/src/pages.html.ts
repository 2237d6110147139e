import { STATUS_CODES } from 'node:http';
import type { ErrorAnswer } from '@gatehouse/contract-kit';

const STYLE = `
  body { font: 17px/1.55 system-ui, sans-serif; margin: 12vh auto; max-width: 26rem; padding: 0 1.25rem; color: #1b1f24; background: #fff }
  h1 { font-size: 1.5rem } label { display: block; margin-top: 1rem } .fault { color: #a40e26 }
  input { box-sizing: border-box; font: inherit; margin-top: .25rem; padding: .55rem; width: 100%; border: 1px solid #818b98; border-radius: 6px }
  button { font: inherit; margin-top: 1.5rem; padding: .6rem 1.2rem; border: 0; border-radius: 6px; background: #0b57d0; color: #fff; cursor: pointer }
  input:focus-visible, button:focus-visible { outline: 3px solid #0b57d055; outline-offset: 1px }`;

/** No script, nothing from elsewhere, no frame around it; the form goes to this service alone. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const escape = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escape(title)}</h1>
${body}
</main>
</body>
</html>
`;
}

/** A page that says one thing. */
export const messagePage = (title: string, text: string): string => page(title, `<p>${escape(text)}</p>`);

/** The form for a new password. @param fault why the last try was refused */
export function resetForm(token: string, fault?: string): string {
  const said = fault === undefined ? '' : `<p class="fault" role="alert">${escape(fault)}</p>\n`;
  return page(
    'Choose a new password',
    `${said}<form method="post">
<input type="hidden" name="token" value="${escape(token)}">
<label>New password
<input type="password" name="password" autocomplete="new-password" minlength="8" maxlength="128" required autofocus></label>
<label>The same again
<input type="password" name="confirmation" autocomplete="new-password" required></label>
<button>Set the password</button>
</form>`,
  );
}

/** What is shown for a verification link that works no more: with a button that mails another one. */
export const staleLinkPage = (token: string): string =>
  page(
    'This link does not work any more',
    `<p>It has expired, or a newer one has been used or mailed.</p>
<form method="post" action="/verify-email/resend">
<input type="hidden" name="token" value="${escape(token)}">
<button>Mail me another one</button>
</form>`,
  );

/** A refusal as a page. */
export const errorPage = ({ status, message }: ErrorAnswer): string =>
  messagePage(STATUS_CODES[status] ?? 'Error', `${message}.`);
