import { createServer } from 'node:net';
import { randomInt } from 'node:crypto';
import { type Service, type ServiceOptions, startService } from './start-service.js';

/** A service whose PUBLIC_URL is where it listens, so that the links in its mails lead back to it. */
export async function serveAtPublicUrl(options: ServiceOptions = {}): Promise<Service> {
  const port = await freePort();
  const env = { PUBLIC_URL: `http://127.0.0.1:${port}`, ...options.env };
  return startService({ ...options, port, env });
}

/** Of a range from which no system hands out ports by itself, so that it is still free a moment later. */
async function freePort(): Promise<number> {
  const port = randomInt(20_000, 30_000);
  const free = await new Promise<boolean>((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
  return free ? port : freePort();
}
