import { isIP, isIPv4 } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { TrustedProxies } from '@gatehouse/config';
import { plainAddress } from '@gatehouse/guessing';

/** An address as proxies write it: alone, with a port, and IPv6 in brackets or bare. */
const WITH_PORT = /^(?:\[([^\]]*)\](?::\d{1,5})?|([\d.]+):\d{1,5})$/;

const ADDRESS = Symbol('client address');

/** Of a client that hung up before it was asked who it is (RFC 6890: this host on this network). */
const NO_ADDRESS = '0.0.0.0';

/**
 * Where a request comes from: the rightmost address that is no trusted proxy's. Each trusted hop vouches for the entry
 * that it appended and for none further left; so does nobody for what stands left of an entry that is no address: the
 * hop that passed it on is then the client.
 * @param peer the connection's other end; undefined where it has none (any more)
 * @param forwardedFor X-Forwarded-For, several of them joined by commas
 * @returns always a plain address
 */
export function clientAddress(
  peer: string | undefined,
  forwardedFor: string | undefined,
  proxies: TrustedProxies,
): string {
  let client = plainAddress(peer ?? NO_ADDRESS);
  if (forwardedFor === undefined) return client;
  for (let end = forwardedFor.length; end >= 0 && proxies.trusts(client);) {
    const comma = end === 0 ? -1 : forwardedFor.lastIndexOf(',', end - 1);
    const hop = addressIn(forwardedFor.slice(comma + 1, end).trim());
    if (hop === undefined) break;
    client = hop;
    end = comma;
  }
  return client;
}

function addressIn(entry: string): string | undefined {
  const [, bracketed, beforePort] = WITH_PORT.exec(entry) ?? [];
  if (beforePort !== undefined) return isIPv4(beforePort) ? beforePort : undefined;
  const address = bracketed ?? entry;
  const family = isIP(address);
  if (family === 0 || (bracketed !== undefined && family !== 6)) return undefined;
  return plainAddress(address);
}

/**
 * Makes `request.ip` the client's address. Fastify's own `trustProxy` is left off: it gives malformed entries as they
 * are, and believes X-Forwarded-Host and X-Forwarded-Proto, of which nothing here may depend: a contract is chosen by
 * the Host that was sent, and links are made of PUBLIC_URL.
 */
export function readClientAddresses(fastify: FastifyInstance, proxies: TrustedProxies): void {
  fastify.decorateRequest(ADDRESS, undefined);
  fastify.decorateRequest('ip', {
    // Asked for by the guards, the throttles and the log: found out once.
    getter(this: FastifyRequest & { [ADDRESS]?: string }) {
      const { socket, headers } = this.raw;
      // Node joins repeated ones itself.
      return (this[ADDRESS] ??= clientAddress(
        socket.remoteAddress,
        headers['x-forwarded-for'] as string | undefined,
        proxies,
      ));
    },
  });
}
