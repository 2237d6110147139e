import { rmSync } from 'node:fs';

export default async function globalTeardown() {
  const { server, dataDir } = globalThis.__gatehouse;
  await server.stop();
  rmSync(process.env.GATEHOUSE_TEST_RUN, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}
