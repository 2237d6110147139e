import { freshName } from '../support/race-client.js';
import { describeWithRedis, RedisServer } from '../support/redis-server.js';
import { endLeftovers, type RunningService, startProcess } from '../support/start-process.js';
import { testDatabase, type TestDatabase } from '../support/test-database.js';
import { eventually } from '../support/eventually.js';
import { send } from '../support/http.js';
import { Lane, type Tally } from './interleavings/lane.js';
import { Nodes } from './interleavings/nodes.js';

/** A tenth of what `npm run faults` plays. */
const COUNT = Number(process.env['INTERLEAVINGS'] ?? 1_000);
const LANES = 24;
/** Repeats one run where it is given. */
const SEED = Number(process.env['INTERLEAVINGS_SEED'] ?? Math.floor(Math.random() * 1e9));

describeWithRedis('random interleavings on two nodes', () => {
  let redis: RedisServer;
  let database: TestDatabase;
  let services: RunningService[];
  let nodes: Nodes;

  beforeAll(async () => {
    redis = await RedisServer.start();
    database = await testDatabase();
    const settings = {
      GATEHOUSE_MODE: 'development',
      LOG_LEVEL: 'warn',
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
    };
    services = await Promise.all([startProcess(settings), startProcess(settings)]);
    for (const { url } of services)
      await eventually('Redis to answer for the node', async () => {
        const { json } = await send('GET', `${url}/health/ready`);
        return json.denylist.source === 'redis';
      });
    nodes = new Nodes(services.map(({ url }) => url));
  }, 60_000);

  afterAll(async () => {
    nodes.close();
    await endLeftovers();
    await database.drop();
    await redis.stop();
  }, 60_000);

  it(`${COUNT} of login, refresh, revoke and password change leave nothing minted or alive after a revoke`, async () => {
    const tally: Tally = { revoked: 0, changed: 0, dead: 0, alive: 0, minted: 0 };
    const wrong: string[] = [];
    let seed = SEED;
    const end = SEED + COUNT;
    const drive = async (): Promise<void> => {
      const lane = new Lane(nodes, freshName(), tally);
      await lane.register();
      while (seed < end && wrong.length < 10) {
        const mine = seed++;
        wrong.push(...(await lane.play(mine)).map((what) => `INTERLEAVINGS_SEED=${mine}: ${what}`));
      }
    };
    await Promise.all(Array.from({ length: LANES }, drive));
    process.stdout.write(`interleavings from seed ${SEED}: ${JSON.stringify(tally)}\n`);
    expect(wrong).toEqual([]);
    // Each kind of outcome came up often, or this has shown nothing.
    for (const count of Object.values(tally)) expect(count).toBeGreaterThan(COUNT / 20);
  }, 600_000);
});
