import { BlockList, isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';
import { SettingFault } from './setting.js';

/** The proxies whose word about the client's address is believed. */
export interface TrustedProxies {
  /** @param address a plain one: an IPv4-mapped IPv6 address is asked for as the IPv4 address that it is */
  trusts(address: string): boolean;
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

interface Network {
  readonly address: Address;
  readonly prefix: number;
}

/** First and last address, as numbers. */
type Range = readonly [first: bigint, last: bigint];

const HOW = 'must be a list of addresses and networks such as 10.0.0.1,10.1.0.0/16,2001:db8::/32';

/** Addresses whose verdict is kept: a look into the list costs some 1.5 µs, and each request asks for two. */
const REMEMBERED = 10_000;

/** Where clients of the internet are: whoever trusts all of these trusts everybody (RFC 6890, RFC 4291 §2.4). */
const EVERYBODY = {
  ipv4: rangeBetween(ipaddr.parse('1.0.0.0'), ipaddr.parse('223.255.255.255')),
  ipv6: rangeOf({ address: ipaddr.parse('2000::'), prefix: 3 }),
} as const;

/** Nobody's word is believed: what TRUSTED_PROXIES means where it is not set. */
export const NO_PROXIES: TrustedProxies = { trusts: () => false };

/**
 * `10.0.0.1,10.1.0.0/16,2001:db8::/32` → who is trusted. Throws SettingFault for what is neither address nor network, and
 * where the networks, taken together, leave nobody out.
 */
export function trustedProxies(text: string): TrustedProxies {
  const items = text.split(',').map((item) => item.trim());
  const networks = items.filter((item) => item !== '').map(networkFrom);
  if (networks.length === 0) throw new SettingFault('must not be empty');
  for (const kind of ['ipv4', 'ipv6'] as const) {
    if (covers(networks.filter(({ address }) => address.kind() === kind).map(rangeOf), EVERYBODY[kind])) {
      const family = kind === 'ipv4' ? 'IPv4' : 'IPv6';
      throw new SettingFault(
        `must name your own proxies: this would trust every ${family} address, so that anybody could claim to be anybody`,
      );
    }
  }
  const list = new BlockList();
  for (const { address, prefix } of networks) list.addSubnet(address.toString(), prefix, address.kind());
  const decided = new LRUCache<string, boolean>({
    max: REMEMBERED,
    memoMethod: (address) => list.check(address, address.includes(':') ? 'ipv6' : 'ipv4'),
  });
  return { trusts: (address) => decided.memo(address) };
}

function networkFrom(item: string): Network {
  if (item === '*' || /\/0+$/.test(item))
    throw new SettingFault('must name your own proxies: * and /0 would trust everybody');
  const [text = '', length, ...rest] = item.split('/');
  // isIP is strict where ipaddr.js reads 10.1 and 0x0a000001 as addresses too.
  if (rest.length > 0 || isIP(text) === 0 || text.includes('%')) throw new SettingFault(HOW);
  const written = ipaddr.parse(text);
  const bits = written.kind() === 'ipv4' ? 32 : 128;
  const prefix = length === undefined ? bits : /^\d{1,3}$/.test(length) ? Number(length) : NaN;
  if (!(prefix >= 1 && prefix <= bits)) throw new SettingFault(HOW);
  const network = unmapped({ address: written, prefix });
  const [first] = rangeOf(network);
  if (first !== numberOf(network.address))
    throw new SettingFault(`${HOW}: ${item} has bits set beyond its first ${prefix}`);
  return network;
}

/** `::ffff:10.0.0.0/104` is 10.0.0.0/8: clients are known by their plain addresses. */
function unmapped({ address, prefix }: Network): Network {
  if (!(address instanceof ipaddr.IPv6) || !address.isIPv4MappedAddress()) return { address, prefix };
  if (prefix <= 96)
    throw new SettingFault('must name your own proxies: ::ffff:0:0/96 would trust every IPv4 address');
  return { address: address.toIPv4Address(), prefix: prefix - 96 };
}

function numberOf(address: Address): bigint {
  return BigInt(`0x${Buffer.from(address.toByteArray()).toString('hex')}`);
}

function rangeBetween(first: Address, last: Address): Range {
  return [numberOf(first), numberOf(last)];
}

function rangeOf({ address, prefix }: Network): Range {
  const free = BigInt(address.toByteArray().length * 8 - prefix);
  const first = (numberOf(address) >> free) << free;
  return [first, first + (1n << free) - 1n];
}

/** Whether the ranges together hold every address of `whole`. */
function covers(ranges: readonly Range[], [first, last]: Range): boolean {
  let next = first;
  for (const [from, to] of [...ranges].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
    if (from > next) return false;
    if (to >= next) next = to + 1n;
    if (next > last) return true;
  }
  return false;
}
