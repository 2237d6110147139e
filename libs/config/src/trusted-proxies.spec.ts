import { SettingFault } from './setting.js';
import { trustedProxies } from './trusted-proxies.js';

describe('trustedProxies', () => {
  const proxies = trustedProxies(
    '10.0.0.1, 10.1.0.0/16,2001:db8::/33 ,fd00::1,::ffff:192.0.2.0/120,::ffff:c633:6401',
  );

  it.each([
    '10.0.0.1',
    '10.1.0.0',
    '10.1.255.255',
    '2001:db8::1',
    '2001:DB8:7fff:ffff:ffff:ffff:ffff:ffff',
    'fd00:0:0:0:0:0:0:1',
    '192.0.2.255',
    '198.51.100.1',
  ])('trusts %s', (address) => {
    expect(proxies.trusts(address)).toBe(true);
  });

  it.each(['10.0.0.2', '10.0.255.255', '10.2.0.0', '2001:db8:8000::', 'fd00::2', '::1', '192.0.3.0'])(
    'does not trust %s',
    (address) => {
      expect(proxies.trusts(address)).toBe(false);
    },
  );

  it.each([
    '*',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.0/00',
    '0.0.0.0/1,128.0.0.0/1',
    '128.0.0.0/1, 10.0.0.1, 0.0.0.0/2,64.0.0.0/2',
    '::ffff:0:0/96',
    '::ffff:0.0.0.0/97,128.0.0.0/1',
    '::/1,8000::/1',
    // Nobody on the internet is left out by these either.
    '1.0.0.0/8,2.0.0.0/7,4.0.0.0/6,8.0.0.0/5,16.0.0.0/4,32.0.0.0/3,64.0.0.0/2,128.0.0.0/2,192.0.0.0/3',
    '2000::/3',
    '2000::/4,3000::/4',
  ])('refuses %s, which would trust everybody', (text) => {
    expect(() => trustedProxies(text)).toThrow(SettingFault);
    expect(() => trustedProxies(text)).toThrow(/must name your own proxies: .*would trust every/);
  });

  it('allows what leaves somebody out', () => {
    expect(trustedProxies('0.0.0.0/1,128.0.0.0/2').trusts('193.0.0.1')).toBe(false);
  });

  it.each([
    '',
    ' , ',
    'proxy.example.com',
    'loopback',
    '10.1',
    '0x0a000001',
    '010.0.0.1',
    '10.0.0.256',
    '10.0.0.0/33',
    '10.0.0.0/255.0.0.0',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/-8',
    '::1/129',
    'fe80::1%eth0',
    '10.0.0.1:80',
    '[::1]',
    '10.0.0.1 10.0.0.2',
  ])('refuses %j', (text) => {
    expect(() => trustedProxies(text)).toThrow(SettingFault);
  });

  it('refuses a network whose address has bits beyond its length, which is mistyped', () => {
    expect(() => trustedProxies('10.0.0.5/8')).toThrow(/10\.0\.0\.5\/8 has bits set beyond its first 8/);
  });
});
