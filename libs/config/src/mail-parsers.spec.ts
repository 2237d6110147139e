import { mailAddress, smtpUrl } from './mail-parsers.js';
import { readEnv } from './read-env.js';
import { SettingFault } from './setting.js';

describe('SMTP_URL', () => {
  it.each([
    [
      'smtp://mail.example.com',
      { host: 'mail.example.com', port: 587, tls: 'opportunistic', login: undefined },
    ],
    ['smtp://127.0.0.1:1025/', { host: '127.0.0.1', port: 1025, tls: 'opportunistic', login: undefined }],
    ['smtp://[::1]:25?tls=off', { host: '::1', port: 25, tls: 'off', login: undefined }],
    ['smtp://relay?tls=required', { host: 'relay', port: 587, tls: 'required', login: undefined }],
    [
      'smtp://bücher.example',
      { host: 'xn--bcher-kva.example', port: 587, tls: 'opportunistic', login: undefined },
    ],
    [
      'smtps://me%40example.com:p%3Ass@mail.example.com',
      {
        host: 'mail.example.com',
        port: 465,
        tls: 'implicit',
        login: { user: 'me@example.com', password: 'p:ss' },
      },
    ],
  ])('%s is understood', (text, server) => {
    expect(smtpUrl(text)).toEqual(server);
  });

  it.each([
    'mail.example.com:587',
    'http://mail.example.com',
    'smtp://',
    'smtp://host:0',
    'smtp://host:99999',
    'smtp://host/path',
    'smtp://host#x',
    'smtp://host?tls=maybe',
    'smtp://host?tls=off&pool=false',
    'smtp://host?requireTLS=true',
    'smtps://host?tls=off',
    'smtp://user@host',
    'smtp://:password@host',
    'smtp://us%er:password@host',
  ])('%s is refused', (text) => {
    expect(() => smtpUrl(text)).toThrow(SettingFault);
  });
});

describe('MAIL_FROM', () => {
  it.each([
    ['no-reply@example.com', { name: '', address: 'no-reply@example.com' }],
    ['<no-reply@example.com>', { name: '', address: 'no-reply@example.com' }],
    ['Gatehouse <no-reply@example.com>', { name: 'Gatehouse', address: 'no-reply@example.com' }],
    ['"Müller, Söhne" <a@b>', { name: 'Müller, Söhne', address: 'a@b' }],
  ])('%s is understood', (text, address) => {
    expect(mailAddress(text)).toEqual(address);
  });

  it.each(['', 'Gatehouse', 'a@b, c@d', 'a b@c', 'X <a@b> y', 'X <a@b', 'X\r\nBcc: c@d <a@b>', 'a@b@c'])(
    '%j is refused',
    (text) => {
      expect(() => mailAddress(text)).toThrow(SettingFault);
    },
  );
});

describe('the settings of mail', () => {
  it('are demanded by production', () => {
    expect(() => readEnv({ GATEHOUSE_MODE: 'production' })).toThrow(
      /SMTP_URL is not set[^]*MAIL_FROM is not set/,
    );
  });

  it('never show a login, however wrong they are', () => {
    const wrong = { GATEHOUSE_MODE: 'development', SMTP_URL: 'smtp://user:s3cret@host/path' };
    expect(() => readEnv(wrong)).toThrow(/SMTP_URL must end with the port/);
    expect(() => readEnv(wrong)).not.toThrow(/s3cret/);
  });
});
