// One client for each document of this folder: ./clients/<contract>.ts, which calls the service at the given address.
import { generate } from 'orval';

const [, , url] = process.argv;
for (const contract of ['token', 'camel', 'channel', 'jsend', 'snake'])
  await generate(
    {
      input: { target: `./${contract}.json` },
      output: {
        target: `./clients/${contract}.ts`,
        client: 'fetch',
        headers: true,
        baseUrl: `${url}/${contract}`,
      },
    },
    process.cwd(),
  );
