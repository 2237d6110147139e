import { escapeHtml } from '@gatehouse/kernel';

/** What a mail says. */
export interface MailContent {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A paragraph; a link to open, under its label; a code to type in. */
type Part = string | { readonly link: string; readonly label: string } | { readonly code: string };

/** Inline styles alone: many mail clients drop style sheets. */
const FONT = 'font:16px/1.5 system-ui,-apple-system,Segoe UI,sans-serif';
const BUTTON =
  'display:inline-block;padding:10px 18px;border-radius:6px;background:#1f4fd8;color:#fff;text-decoration:none';
const CODE = 'font:28px/1.2 ui-monospace,Consolas,monospace;letter-spacing:4px;margin:20px 0';

function textOf(part: Part): string {
  if (typeof part === 'string') return part;
  return 'link' in part ? part.link : part.code;
}

function htmlOf(part: Part): string {
  if (typeof part === 'string') return `<p>${escapeHtml(part)}</p>`;
  if ('code' in part) return `<p style="${CODE}">${escapeHtml(part.code)}</p>`;
  const link = escapeHtml(part.link);
  // once to press, once to read: nobody should have to trust a button
  return `<p><a href="${link}" style="${BUTTON}">${escapeHtml(part.label)}</a></p>
<p style="overflow-wrap:anywhere"><a href="${link}">${link}</a></p>`;
}

/** The same parts as text and as HTML. Nothing in them comes from a user: a name could carry somebody's own text. */
function content(subject: string, ...parts: readonly Part[]): MailContent {
  const all = ['Hello,', ...parts];
  return {
    subject,
    text: `${all.map(textOf).join('\n\n')}\n`,
    html: `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0 auto;max-width:36em;padding:24px;${FONT};color:#1b1f24">
${all.map(htmlOf).join('\n')}
</body>
</html>
`,
  };
}

/** @param code six digits; undefined where the account has had its codes for today: then the link stands alone */
export const verificationMail = (link: string, code: string | undefined): MailContent =>
  content(
    'Verify your e-mail address',
    'Please confirm that this is your e-mail address.',
    ...(code === undefined
      ? ['Open this link:']
      : ['Enter this code within 15 minutes:', { code }, 'Or open this link:']),
    { link, label: 'Verify my address' },
    'The link works for 24 hours. If you did not register, you can ignore this mail.',
  );

export const passwordResetMail = (link: string): MailContent =>
  content(
    'Reset your password',
    'Somebody, hopefully you, asked to set a new password for your account. This link lets you choose one.',
    { link, label: 'Choose a new password' },
    'It works once, for one hour. If it was not you, ignore this mail: nothing has changed.',
  );

/** To the old address. The new one is not in it: whoever reads this may not be whom it concerns any more. */
export const emailChangedMail = (): MailContent =>
  content(
    'The e-mail address of your account was changed',
    'Mails about your account no longer go to this address; links and codes that were sent here do not work any more.',
    'If you did not want this, tell whoever runs this service.',
  );

export const passwordChangedMail = (): MailContent =>
  content(
    'Your password was changed',
    'The password of your account was changed just now, and your other sessions were ended.',
    'If it was not you, ask for a new password at once and tell whoever runs this service.',
  );
