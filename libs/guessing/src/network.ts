import { isIP, isIPv4 } from 'node:net';
import ipaddr from 'ipaddr.js';

const MAPPED = '::ffff:';

/**
 * The client's address as PostgreSQL and people write it: without a zone, and an IPv4-mapped IPv6 address, however it is
 * spelled (`::ffff:203.0.113.7`, `::ffff:cb00:7107`), is the IPv4 address.
 */
export function plainAddress(address: string): string {
  if (!address.includes(':')) return address;
  // As Node spells each IPv4 client of a socket that listens for both: no more than a look.
  const tail = address.startsWith(MAPPED) ? address.slice(MAPPED.length) : '';
  if (isIPv4(tail)) return tail;
  const zone = address.indexOf('%');
  const plain = zone === -1 ? address : address.slice(0, zone);
  if (!/:ffff:/i.test(plain) || isIP(plain) !== 6) return plain;
  const parsed = ipaddr.IPv6.parse(plain);
  return parsed.isIPv4MappedAddress() ? parsed.toIPv4Address().toString() : plain;
}

/**
 * What counts as one network when guesses are counted: an IPv4 address, or the /64 of an IPv6 address, since whoever
 * has one address of a /64 has them all.
 */
export function networkOf(address: string): string {
  const plain = plainAddress(address);
  if (isIP(plain) !== 6) return plain;
  const groups = ipaddr.IPv6.parse(plain).parts.slice(0, 4);
  return `${groups.map((group) => group.toString(16)).join(':')}::/64`;
}
