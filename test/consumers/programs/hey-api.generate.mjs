// One client for each document of this folder: ./clients/<contract>
import { createClient } from '@hey-api/openapi-ts';

for (const contract of ['token', 'camel', 'channel', 'jsend', 'snake'])
  await createClient({
    input: `./${contract}.json`,
    output: `./clients/${contract}`,
    plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'],
    logs: { level: 'error' },
  });
