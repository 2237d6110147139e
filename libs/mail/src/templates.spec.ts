import { randomBytes } from 'node:crypto';
import { passwordChangedMail, passwordResetMail, verificationMail } from './templates.js';

const LINK = 'https://auth.example.com:8443/api/v1/auth/verify-email/';
const sixDigits = (text: string): string[] => text.match(/\b\d{6}\b/g) ?? [];

describe('the verification mail', () => {
  const tokens = [
    'a123456b-1234567-12345-x_654321_',
    ...Array.from({ length: 200 }, () => randomBytes(32).toString('base64url')),
  ]
    // the room that makes secrets makes none of these
    .filter((token) => sixDigits(token).length === 0);

  it('holds one six-digit number standing alone, the code, in text and HTML, whatever the link holds', () => {
    expect(tokens.length).toBeGreaterThan(190);
    for (const token of tokens) {
      const { text, html } = verificationMail(`${LINK}${token}`, '000042');
      expect(sixDigits(text)).toEqual(['000042']);
      expect(sixDigits(html)).toEqual(['000042']);
    }
  });

  it('holds the link as it is, alone on its line', () => {
    const { subject, text, html } = verificationMail(`${LINK}abc`, '123456');
    expect(subject).toContain('Verify');
    expect(subject).not.toContain('Reset');
    expect(text.split('\n')).toContain(`${LINK}abc`);
    expect(html).toContain(`href="${LINK}abc"`);
  });

  it('holds no number where there is no code', () => {
    const { text, html } = verificationMail(`${LINK}abc`, undefined);
    expect(sixDigits(text + html)).toEqual([]);
    expect(text).not.toContain('code');
    expect(text).toContain(`${LINK}abc`);
  });
});

describe('the reset mail', () => {
  it('holds the link, escaped in HTML', () => {
    const link = 'https://app.example.com/reset?theme=dark&token=abc';
    const { subject, text, html } = passwordResetMail(link);
    expect(subject).toContain('Reset');
    expect(subject).not.toContain('Verify');
    expect(text.split('\n')).toContain(link);
    expect(html).toContain('href="https://app.example.com/reset?theme=dark&#38;token=abc"');
    expect(sixDigits(text + html)).toEqual([]);
  });
});

describe('the notice of a changed password', () => {
  it('holds no link, no token, no code, and no subject that other mails have', () => {
    const { subject, text, html } = passwordChangedMail();
    expect(subject).not.toMatch(/Verify|Reset/i);
    expect(text + html).not.toMatch(/https?:|href|token=|\b\d{6}\b/);
  });
});
