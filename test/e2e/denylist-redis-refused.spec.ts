import { createServer, type AddressInfo } from 'node:net';
import { HASH } from '../../libs/tokens/src/denylist/scripts.js';
import { session } from '../support/denylist-bench.js';
import { eventually } from '../support/eventually.js';
import { atEnd, copyAt, entry, serverWith } from '../support/redis-copies.js';
import { describeWithRedis } from '../support/redis-server.js';

describeWithRedis('a Redis that must not be trusted', () => {
  it('wants a password, and gets none or a wrong one', async () => {
    const server = await serverWith(['--requirepass', 'the right one']);
    const at = (credentials: string) => `redis://${credentials}127.0.0.1:${server.port}`;
    for (const credentials of ['', ':a-wrong-one@', 'nobody:the%20right%20one@']) {
      const copy = await copyAt(at(credentials));
      expect(await copy.probe()).toMatchObject({ ok: false, why: 'unreachable' });
      expect(copy.reachable).toBe(false);
      expect(await copy.read(session())).toMatchObject({ ok: false, why: 'unreachable' });
    }
    const copy = await copyAt(at(':the%20right%20one@'));
    expect(await copy.probe()).toMatchObject({ ok: true });
  });

  it('is a replica: it has no identity, and refuses to be written to', async () => {
    const [master, replica] = [await serverWith(), await serverWith()];
    const [old, copy] = [await copyAt(master.url), await copyAt(replica.url)];
    await old.write([entry(session())]);
    const before = await master.info('replication', 'master_replid');
    await replica.command('REPLICAOF', '127.0.0.1', master.port);
    await eventually('the replica to have the data', async () => {
      const found = await copy.read(session());
      return found.ok && found.result.value === '*';
    });
    expect(await copy.read(session())).toMatchObject({ ok: true, identity: undefined });
    expect(await copy.write([entry(session())])).toMatchObject({ ok: false, why: 'refused' });
    expect(await copy.begin('filling:mine')).toMatchObject({ ok: false, why: 'refused' });
    expect(await copy.probe()).toMatchObject({ ok: true, identity: undefined });

    // Its first replica has changed the master's id; a promotion changes the replica's; a demotion is seen on the same connection.
    const during = await master.info('replication', 'master_replid');
    expect(during).not.toBe(before);
    await replica.command('REPLICAOF', 'NO', 'ONE');
    const promoted = await replica.info('replication', 'master_replid');
    expect(promoted).not.toBe(during);
    expect(await copy.read(session())).toMatchObject({ ok: true, identity: promoted });
    expect(await old.read(session())).toMatchObject({ ok: true, identity: during });
    await master.command('REPLICAOF', '127.0.0.1', replica.port);
    expect(await old.read(session())).toMatchObject({ ok: true, identity: undefined });
  });

  it('is full: it refuses to be written to, and is read', async () => {
    const server = await serverWith(['--maxmemory', '1', '--maxmemory-policy', 'noeviction']);
    const copy = await copyAt(server.url);
    for (const refused of [await copy.write([entry(session())]), await copy.begin('filling:mine')]) {
      expect(refused).toMatchObject({ ok: false, why: 'refused', detail: expect.stringMatching(/^OOM /) });
      expect(await copy.probe()).toMatchObject({ ok: true, result: { policy: 'noeviction' } });
      expect(await copy.read(session())).toMatchObject({ ok: true });
    }
  });

  it('may evict, has something else under the name, or was started anew', async () => {
    const server = await serverWith(['--maxmemory-policy', 'allkeys-lru']);
    const copy = await copyAt(server.url);
    expect(await copy.probe()).toMatchObject({ ok: true, result: { policy: 'allkeys-lru' } });
    await server.command('SET', HASH, 'something else');
    expect(await copy.read(session())).toMatchObject({ ok: false, why: 'refused' });
    expect(copy.reachable).toBe(false);
    const before = await server.info('replication', 'master_replid');
    await server.kill();
    await server.launch();
    expect(await server.info('replication', 'master_replid')).not.toBe(before);
  });

  it('still loads its data', async () => {
    // As a server does then: it introduces itself and knows its role, but not its data.
    const info = '# Replication\r\nrole:master\r\n';
    const replies: Record<string, string> = {
      hello: '*0',
      client: '+OK',
      info: `$${info.length}\r\n${info}`,
    };
    const loading = createServer((socket) =>
      socket
        .on('error', () => undefined)
        .on('data', (bytes) => {
          for (const [, name = ''] of bytes.toString().matchAll(/\*\d+\r\n\$\d+\r\n(\w+)\r\n/g))
            socket.write(
              `${replies[name.toLowerCase()] ?? '-LOADING Redis is loading the dataset in memory'}\r\n`,
            );
        }),
    );
    await new Promise<void>((resolve) => loading.listen(0, '127.0.0.1', resolve));
    atEnd(() => loading.close());
    const copy = await copyAt(`redis://127.0.0.1:${(loading.address() as AddressInfo).port}`);
    expect(await copy.probe()).toMatchObject({
      ok: false,
      why: 'unreachable',
      detail: expect.stringMatching(/^LOADING/),
    });
    expect(copy.reachable).toBe(false);
  });
});
