import type { SessionId } from '@gatehouse/kernel';
import { Redis } from 'ioredis';
import { RedisCopy } from '../../libs/tokens/src/denylist/redis-copy.js';
import { HASH, MARKER, REMOVE } from '../../libs/tokens/src/denylist/scripts.js';
import { laterOf } from '../../libs/tokens/src/revocation-value.js';
import { CuttableProxy } from '../support/cuttable-proxy.js';
import { session } from '../support/denylist-bench.js';
import { eventually } from '../support/eventually.js';
import { atEnd, copyAt, entry, ENDS, NOW } from '../support/redis-copies.js';
import { describeWithRedis, RedisServer } from '../support/redis-server.js';

/** Where the service's connections come from. */
async function addresses(server: RedisServer): Promise<(string | undefined)[]> {
  const clients = String(await server.command('CLIENT', 'LIST')).split('\n');
  return clients
    .filter((line) => line.includes('name=gatehouse'))
    .map((line) => /addr=(\S+)/.exec(line)?.[1]);
}

/** What the server runs for the service from now on; to be asked once, in the end. */
async function commandsOf(server: RedisServer): Promise<() => Promise<string[]>> {
  const client = new Redis(server.url, { lazyConnect: true });
  const monitor = await client.monitor();
  atEnd(() => [client, monitor].forEach((each) => each.disconnect()));
  const ran: [client: string, name: string][] = [];
  monitor.on('monitor', (_: string, [name = '']: string[], from: string) =>
    ran.push([from, name.toLowerCase()]),
  );
  const before = await addresses(server);
  return async () => {
    const ours = [...before, ...(await addresses(server))];
    await server.command('PING', 'the end');
    await eventually('the monitor to tell all', () => ran.some(([, name]) => name === 'ping'));
    return ran.filter(([from]) => ours.includes(from)).map(([, name]) => name);
  };
}

describeWithRedis('the copy in a real Redis', () => {
  let server: RedisServer;
  let copy: RedisCopy;
  const field = (sid: SessionId) => server.command('HGET', HASH, sid);
  const replid = () => server.info('replication', 'master_replid');

  beforeAll(async () => {
    server = await RedisServer.start();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await server.command('FLUSHALL');
    copy = await copyAt(server.url);
  });

  describe('writes', () => {
    const values = ['1@0', '2@0', `3@${NOW}`, '9@0', '10@0', `11@${NOW + 5_000}`, '*'];
    const pairs = values.flatMap((one) => values.map((other) => [one, other] as const));

    it('so that no value goes back, and no end, whatever comes after what', async () => {
      const ends = [ENDS, ENDS + 1, 9_999_999_999_999] as const;
      for (const [one, other] of pairs)
        for (const oneEnds of ends)
          for (const otherEnds of ends) {
            await server.command('HDEL', HASH, session());
            await copy.write([entry(session(), one, oneEnds)]);
            await copy.write([entry(session(), other, otherEnds)]);
            const expected = `${laterOf(one, other)};${Math.max(oneEnds, otherEnds)}`;
            expect([one, other, await field(session())]).toEqual([one, other, expected]);
            await copy.write([entry(session(), one, oneEnds)]);
            expect([one, other, one, await field(session())]).toEqual([one, other, one, expected]);
          }
    });

    it('many at once, and reads what it wrote', async () => {
      const entries = Array.from({ length: 1_000 }, (_, i) => entry(session(i), i % 2 ? '*' : `${i + 1}@0`));
      expect(await copy.write(entries)).toMatchObject({ ok: true, result: { marker: undefined } });
      const found = await Promise.all(entries.map(({ sid }) => copy.read(sid)));
      expect(found.map((batch) => batch.ok && batch.result.value)).toEqual(entries.map(({ value }) => value));
    });
  });

  describe('reads', () => {
    it('a thousand of one turn by one HMGET and one INFO', async () => {
      await copy.write([entry(session(500))]);
      const ran = await commandsOf(server);
      const found = await Promise.all(Array.from({ length: 1_000 }, (_, i) => copy.read(session(i))));
      const revoked = found.flatMap((batch, i) => (batch.ok && batch.result.value !== undefined ? [i] : []));
      expect(revoked).toEqual([500]);
      const identity = await replid();
      expect(found.every((batch) => batch.ok && batch.identity === identity)).toBe(true);
      expect(await ran()).toEqual(['hmget', 'info']);
    });

    it('not by a batch that was sent already', async () => {
      const ran = await commandsOf(server);
      const before = copy.read(session());
      await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
      const after = copy.read(session());
      await Promise.all([before, after]);
      expect(await ran()).toEqual(['hmget', 'info', 'hmget', 'info']);
    });
  });

  describe('the marker', () => {
    it('is put where the token still is, and nowhere else', async () => {
      const id = (await replid()) as string;
      await copy.begin('filling:mine');
      expect(await field(MARKER as SessionId)).toBe('filling:mine');
      await copy.begin('filling:of another');
      expect(await copy.complete('filling:mine', id)).toMatchObject({
        ok: true,
        result: { completed: false },
      });
      expect(await copy.complete('filling:of another', id)).toMatchObject({ result: { completed: true } });
      expect(await copy.read(session())).toEqual({
        ok: true,
        identity: id,
        result: { marker: id, value: undefined },
      });
      expect(await copy.write([entry(session())])).toMatchObject({ result: { marker: id } });
      await server.command('FLUSHALL');
      expect(await copy.complete('filling:of another', id)).toMatchObject({ result: { completed: false } });
      expect(await field(MARKER as SessionId)).toBeNull();
    });

    it('is lost with the entries', async () => {
      await copy.begin('filling:mine');
      await copy.write([entry(session())]);
      await server.command('UNLINK', HASH);
      expect(await copy.read(session())).toMatchObject({ result: { marker: undefined, value: undefined } });
    });
  });

  describe('sweeps', () => {
    it('what was over before, in a hash of many, and neither the rest nor the marker', async () => {
      await copy.begin('filling:mine');
      const entries = Array.from({ length: 2_000 }, (_, i) => entry(session(i), '*', i % 3 ? NOW : NOW - 1));
      await copy.write(entries);
      expect(await copy.sweep(NOW)).toBe(667);
      expect(await server.command('HLEN', HASH)).toBe(2_000 - 667 + 1);
      expect(await field(MARKER as SessionId)).toBe('filling:mine');
      expect(await copy.sweep(NOW)).toBe(0);
    });

    it('not what was renewed since it was read', async () => {
      await copy.write([entry(session(), '2@0', NOW - 1)]);
      const read = (await field(session())) as string;
      await copy.write([entry(session(), '2@0', ENDS)]);
      expect(await server.command('EVAL', REMOVE, 1, HASH, session(), read)).toBe(0);
      expect(await field(session())).toBe(`2@0;${ENDS}`);
    });
  });

  describe('that does not answer', () => {
    it('is unreachable after a time-out, closes the connection, and sends nothing twice', async () => {
      atEnd(() => server.thaw());
      const ran = await commandsOf(server);
      server.freeze();
      const began = performance.now();
      expect(await copy.read(session())).toMatchObject({ ok: false, why: 'unreachable' });
      expect(performance.now() - began).toBeLessThan(2_000);
      expect(copy.reachable).toBe(false);
      expect(await copy.write([entry(session())])).toMatchObject({ ok: false, why: 'unreachable' });
      server.thaw();
      expect(await copy.probe()).toMatchObject({ ok: true });
      expect(copy.reachable).toBe(true);
      expect(await copy.read(session())).toMatchObject({ ok: true, result: { value: undefined } });
      // The one that was sent before the time-out, and the one of just now.
      const names = await ran();
      expect(names.filter((name) => name === 'hmget')).toHaveLength(2);
      expect(names).not.toContain('eval');
    });

    it('may carry out later what has timed out', async () => {
      atEnd(() => server.thaw());
      server.freeze();
      expect(await copy.write([entry(session())])).toMatchObject({ ok: false, why: 'unreachable' });
      server.thaw();
      await eventually('the late write', async () => (await field(session())) === `*;${ENDS}`);
    });

    it('is reachable again by the next probe', async () => {
      const proxy = await CuttableProxy.before(server.url);
      atEnd(() => proxy.close());
      const heard: boolean[] = [];
      const remote = new RedisCopy(proxy.url, (reachable) => heard.push(reachable));
      atEnd(() => remote.close());
      expect(remote.reachable).toBe(false);
      await remote.probe();
      proxy.cut();
      await eventually('the loss to be noticed', () => !remote.reachable);
      expect(await remote.read(session())).toMatchObject({ ok: false, why: 'unreachable' });
      expect(await remote.probe()).toMatchObject({ ok: false, why: 'unreachable' });
      proxy.mend();
      expect(remote.reachable).toBe(false);
      expect(await remote.probe()).toMatchObject({ ok: true });
      expect(await remote.read(session())).toMatchObject({ ok: true });
      expect(heard).toEqual([true, false, true]);
    });

    it('opens one connection for all who want one', async () => {
      const proxy = await CuttableProxy.before(server.url);
      atEnd(() => proxy.close());
      const remote = new RedisCopy(proxy.url, () => undefined);
      atEnd(() => remote.close());
      await Promise.all([remote.probe(), remote.begin('filling:mine'), remote.probe()]);
      const clients = String(await server.command('CLIENT', 'LIST'));
      const ours = clients.split('\n').filter((line) => line.includes('name=gatehouse'));
      // And the one that every test here has.
      expect(ours).toHaveLength(2);
    });
  });
});
