import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startBuiltService } from '../../support/built-service.js';
import { eventually } from '../../support/eventually.js';
import { send } from '../../support/http.js';
import { LOCALHOST_CERTIFICATE } from '../../support/localhost-certificate.js';
import { SmtpPeer } from '../../support/smtp-peer.js';
import { testDatabase, type TestDatabase } from '../../support/test-database.js';

const LOGIN = 'gatehouse:s3cret';

describe('production', () => {
  let database: TestDatabase;
  let directory: string;
  let authorities: string;
  beforeEach(async () => {
    database = await testDatabase();
    directory = mkdtempSync(path.join(os.tmpdir(), 'gatehouse-mail-'));
    authorities = path.join(directory, 'authorities.pem');
    writeFileSync(authorities, LOCALHOST_CERTIFICATE);
  });
  afterEach(async () => {
    rmSync(directory, { recursive: true });
    await database.drop();
  });

  it.each([
    ['smtps:', { secure: true }, ''],
    ['smtp: with STARTTLS', { startTls: true }, '?tls=required'],
  ])('mails by %s and a login, and keeps nothing of what it said', async (_url, tls, query) => {
    const peer = await SmtpPeer.start({ ...tls, login: LOGIN });
    const password = path.join(directory, 'smtp-url');
    writeFileSync(password, `${peer.url}${query}\n`);
    const service = await startBuiltService({
      GATEHOUSE_MODE: 'production',
      DATABASE_URL: database.url,
      SMTP_URL_FILE: password,
      MAIL_FROM: 'Example <no-reply@example.com>',
      PUBLIC_URL: 'https://auth.example.com',
      PASSWORD_RESET_URL: 'https://app.example.com/reset',
      SECRET_KEYS: 'x'.repeat(40),
      NODE_EXTRA_CA_CERTS: authorities,
    });
    const body = { username: 'alice', email: 'alice@example.com', password: 'correct horse battery' };
    await send('POST', `${service.url}/camel/api/v1/auth/register`, { body });
    const [row] = await eventually('the mark', async () => {
      const rows = await database.query('SELECT * FROM mails WHERE sent_at IS NOT NULL');
      return rows.length > 0 ? rows : undefined;
    });
    expect(row?.['sealed_content']).toBeNull();
    expect(peer.accepted).toMatchObject([
      { secure: true, user: 'gatehouse', sender: 'no-reply@example.com' },
    ]);
    const text = peer.accepted[0]?.mail.text ?? '';
    expect(text).toContain('https://auth.example.com/api/v1/auth/verify-email/');
    // neither the address nor the login is anybody's business who reads the log
    expect(service.output()).not.toMatch(/alice@example\.com|s3cret/);
    expect(await service.end('SIGTERM')).toBe(0);
    await peer.stop();
  });
});
