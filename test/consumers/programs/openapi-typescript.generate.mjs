// The types of each document of this folder: ./clients/<contract>.ts
import fs from 'node:fs';
import openapiTypescript, { astToString } from 'openapi-typescript';

fs.mkdirSync('clients');
for (const contract of ['token', 'camel', 'channel', 'jsend', 'snake']) {
  const document = JSON.parse(fs.readFileSync(`${contract}.json`, 'utf8'));
  fs.writeFileSync(`clients/${contract}.ts`, astToString(await openapiTypescript(document)));
}
