import { loadConfig } from './config.js';
import { rateLimits } from './throttle-settings.js';
import { SettingFault } from './setting.js';

const load = (env: Record<string, string>) =>
  loadConfig({ GATEHOUSE_MODE: 'development', ...env }, ['channel', 'jsend', 'snake']).throttle;

describe('the limits of throttling', () => {
  it.each([
    ['10/1m', [{ most: 10, ms: 60_000 }]],
    [
      '10/1m, 100/1h',
      [
        { most: 10, ms: 60_000 },
        { most: 100, ms: 3_600_000 },
      ],
    ],
    ['1/1s', [{ most: 1, ms: 1_000 }]],
    ['off', []],
    ['0', []],
  ])('%s', (text, limits) => {
    expect(rateLimits(text)).toEqual(limits);
  });

  it.each([
    '',
    '10',
    '0/1m',
    '10/1m,',
    '10/500ms',
    '10/0s',
    '1.5/1m',
    '10/1m,20/60s',
    'off,1/1m',
    '9999999999/1m',
  ])('%s is refused', (text) => {
    expect(() => rateLimits(text)).toThrow(SettingFault);
  });

  it('each act and scope has its own', () => {
    const { limits } = load({ THROTTLE_LOGIN_CLIENT: '2/1m', THROTTLE_CODE_NETWORK: 'off' });
    expect(limits.login.client).toEqual([{ most: 2, ms: 60_000 }]);
    expect(limits.code.network).toEqual([]);
    expect(limits.mail.target).toEqual([
      { most: 1, ms: 60_000 },
      { most: 5, ms: 3_600_000 },
    ]);
    // whose codes they are is counted with the codes themselves
    expect(limits.code.target).toEqual([]);
  });

  it('apply in production unless they are switched off, and in development only where they are switched on', () => {
    expect(load({}).on).toBe(false);
    expect(load({ THROTTLE: 'true' }).on).toBe(true);
    const production = {
      GATEHOUSE_MODE: 'production',
      DATABASE_URL: 'postgres://db/gatehouse',
      SECRET_KEYS: 'k'.repeat(32),
      PUBLIC_URL: 'https://auth.example.com',
      SMTP_URL: 'smtp://mail.example.com',
      MAIL_FROM: 'auth@example.com',
    };
    expect(load(production).on).toBe(true);
    expect(load({ ...production, THROTTLE: 'false' }).on).toBe(false);
  });
});
