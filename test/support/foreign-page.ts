import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody else's front end: a server of its own, whose one page does nothing. */
export interface ForeignPage {
  readonly url: string;
  close(): void;
}

export async function foreignPage(): Promise<ForeignPage> {
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>Front end</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
