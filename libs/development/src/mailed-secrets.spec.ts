import { passwordChangedMail, passwordResetMail, verificationMail } from '@gatehouse/mail';
import { mailedSecrets } from './mailed-secrets.js';

const NONE = { link: null, token: null, code: null };

describe('what a mail asks somebody to open or to type', () => {
  it.each([
    ['the link of a page', 'http://localhost:8060/reset-password?token=aB-_9', 'aB-_9'],
    ['a link whose token is not alone', 'https://app.example/set?lang=de&token=aB-_9', 'aB-_9'],
    ['the link of an endpoint', 'http://localhost:8060/api/v1/auth/verify-email/aB-_9', 'aB-_9'],
    ['a link with six digits in a line of its own path', 'https://app.example/123456?token=x', 'x'],
  ])('%s', (_, link, token) => {
    expect(mailedSecrets(passwordResetMail(link).text)).toEqual({ link, token, code: null });
    const both = mailedSecrets(verificationMail(link, '012345').text);
    expect(both).toEqual({ link, token, code: '012345' });
  });

  it('a verification without a code', () => {
    const { text } = verificationMail('https://a.example/v?token=t', undefined);
    expect(mailedSecrets(text)).toEqual({ link: 'https://a.example/v?token=t', token: 't', code: null });
  });

  it('nothing', () => {
    expect(mailedSecrets(passwordChangedMail().text)).toEqual(NONE);
    expect(mailedSecrets('the 123456 of a sentence, and see https://a.example/x in passing')).toEqual(NONE);
  });

  it('a link without anything behind its host has no token', () => {
    expect(mailedSecrets('https://a.example/')).toEqual({ ...NONE, link: 'https://a.example/' });
  });
});
