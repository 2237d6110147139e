import { NO_PROXIES, trustedProxies } from '@gatehouse/config';
import { clientAddress } from './client-address.js';

const proxies = trustedProxies('10.0.0.0/8,2001:db8::/64');
const CLIENT = '203.0.113.7';

describe('clientAddress', () => {
  it.each<[peer: string, forwardedFor: string | undefined, client: string]>([
    // nobody vouches
    [CLIENT, undefined, CLIENT],
    [CLIENT, '198.51.100.1', CLIENT],
    ['10.0.0.1', undefined, '10.0.0.1'],
    ['10.0.0.1', '', '10.0.0.1'],
    // the rightmost one that is not trusted, whatever the client wrote before it
    ['10.0.0.1', CLIENT, CLIENT],
    ['10.0.0.1', `198.51.100.1, ${CLIENT}`, CLIENT],
    ['10.0.0.1', `10.9.9.9, ${CLIENT}, 10.0.0.2,10.0.0.3`, CLIENT],
    ['10.0.0.1', `127.0.0.1,\t${CLIENT} `, CLIENT],
    ['10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['2001:db8::1', '2001:db8:1::5', '2001:db8:1::5'],
    // as proxies write them
    ['10.0.0.1', `${CLIENT}:5678`, CLIENT],
    ['10.0.0.1', '[2001:db8:1::5]:80', '2001:db8:1::5'],
    ['10.0.0.1', '[2001:db8:1::5]', '2001:db8:1::5'],
    ['10.0.0.1', `${CLIENT}, 10.0.0.2:443`, CLIENT],
    ['10.0.0.1', 'fe80::1%eth0', 'fe80::1'],
    // IPv4 in IPv6 is the IPv4 address
    ['::ffff:10.0.0.1', CLIENT, CLIENT],
    ['::ffff:a00:1', `::ffff:${CLIENT}`, CLIENT],
    ['::FFFF:0A00:0001', '::ffff:cb00:7107', CLIENT],
    ['::ffff:cb00:7107', '198.51.100.1', CLIENT],
    ['10.0.0.1', `${CLIENT}, ::ffff:a00:2`, CLIENT],
    // what stands left of what is no address is not believed
    ['10.0.0.1', `${CLIENT}, unknown`, '10.0.0.1'],
    ['10.0.0.1', `${CLIENT}, unknown, 10.0.0.2`, '10.0.0.2'],
    ['10.0.0.1', `${CLIENT},,10.0.0.2`, '10.0.0.2'],
    ['10.0.0.1', `${CLIENT},`, '10.0.0.1'],
    ['10.0.0.1', ',', '10.0.0.1'],
    ['10.0.0.1', `,${CLIENT}`, CLIENT],
    ['10.0.0.1', `${CLIENT}, 1.2.3.4.5`, '10.0.0.1'],
    ['10.0.0.1', `${CLIENT}, 1.2.3:80`, '10.0.0.1'],
    ['10.0.0.1', `${CLIENT}, 010.0.0.2`, '10.0.0.1'],
    ['10.0.0.1', `${CLIENT}, 0x0a000002`, '10.0.0.1'],
    ['10.0.0.1', `${CLIENT}, [10.0.0.2]:80`, '10.0.0.1'],
    ['10.0.0.1', `${CLIENT}, [::1`, '10.0.0.1'],
    ['10.0.0.1', `${CLIENT}, _hidden`, '10.0.0.1'],
    ['10.0.0.1', `${CLIENT}, 10.0.0.2:port`, '10.0.0.1'],
    ['10.0.0.1', `${CLIENT} 10.0.0.2`, '10.0.0.1'],
  ])('%s with X-Forwarded-For %j is %s', (peer, forwardedFor, client) => {
    expect(clientAddress(peer, forwardedFor, proxies)).toBe(client);
  });

  it('is the other end where nobody is trusted', () => {
    expect(clientAddress('10.0.0.1', CLIENT, NO_PROXIES)).toBe('10.0.0.1');
  });

  it('is an address also where the connection has none', () => {
    expect(clientAddress(undefined, CLIENT, proxies)).toBe('0.0.0.0');
  });

  it('walks a list as long as headers may be', () => {
    const hops = Array.from({ length: 1_000 }, (_, i) => `10.0.${i >> 8}.${i & 255}`);
    expect(clientAddress('10.0.0.1', `198.51.100.1,${CLIENT},${hops.join(',')}`, proxies)).toBe(CLIENT);
    expect(clientAddress('10.0.0.1', ','.repeat(10_000), proxies)).toBe('10.0.0.1');
  });
});
