/** What a mail says. */
export interface MailContent {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** One paragraph a line; a paragraph that is a link becomes one. */
function content(subject: string, paragraphs: readonly string[]): MailContent {
  const html = paragraphs
    .map((line) => escapeHtml(line))
    .map((line) => (/^https?:/.test(line) ? `<p><a href="${line}">${line}</a></p>` : `<p>${line}</p>`))
    .join('\n');
  return {
    subject,
    text: `${paragraphs.join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>\n<body>\n${html}\n</body></html>\n`,
  };
}

export const verificationMail = (name: string, link: string): MailContent =>
  content('Verify your e-mail address', [
    `Hello ${name},`,
    'please confirm that this is your e-mail address by opening this link. It works for 24 hours.',
    link,
    'If you did not register, you can ignore this mail.',
  ]);

export const passwordResetMail = (name: string, link: string): MailContent =>
  content('Reset your password', [
    `Hello ${name},`,
    'somebody, hopefully you, asked to set a new password for your account. This link lets you choose one. It works once, for one hour.',
    link,
    'If it was not you, ignore this mail: nothing has changed.',
  ]);

export const passwordChangedMail = (name: string): MailContent =>
  content('Your password was changed', [
    `Hello ${name},`,
    'the password of your account was changed just now, and your other sessions were ended.',
    'If it was not you, ask for a new password at once and tell whoever runs this service.',
  ]);
