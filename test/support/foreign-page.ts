import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

/** Somebody else's front end: a server of its own, on its own origin. */
export interface ForeignPage {
  readonly url: string;
  close(): void;
}

const BLANK = '<!doctype html><title>Front end</title>';
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.mjs': 'text/javascript' };

/** @param files what is served, by path; everything else is `html`, a page that does nothing unless it is given */
export async function foreignPage(html = BLANK, files = new Map<string, string>()): Promise<ForeignPage> {
  const server = createServer(({ url = '' }, response) => {
    const file = files.get(url);
    response.setHeader('Content-Type', (file !== undefined && TYPES[path.extname(url)]) || 'text/html');
    response.end(file ?? html);
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
