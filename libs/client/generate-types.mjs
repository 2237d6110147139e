// Writes src/generated/<contract>.ts from the OpenAPI documents: those under docs/openapi where they are committed,
// otherwise those of a running service (GATEHOUSE_URL, http://localhost:8080 unless set). With --check nothing is
// written, and what differs is named.
import fs from 'node:fs';
import openapiTypescript, { astToString } from 'openapi-typescript';

const CONTRACTS = ['token', 'camel', 'channel', 'jsend', 'snake'];
const HEADER = '// Generated from the OpenAPI document by `npm run client:types`; changes belong there.\n\n';

const committed = (contract) => new URL(`../../docs/openapi/${contract}.json`, import.meta.url);
const target = (contract) => new URL(`src/generated/${contract}.ts`, import.meta.url);

async function documentOf(contract) {
  const file = committed(contract);
  if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, 'utf8'));
  const url = `${process.env.GATEHOUSE_URL ?? 'http://localhost:8080'}/swagger/${contract}.json`;
  const answer = await fetch(url).catch(() => undefined);
  if (!answer?.ok) throw new Error(`There is neither ${file.pathname} nor an answer from ${url}: npm start`);
  return answer.json();
}

const stale = [];
for (const contract of CONTRACTS) {
  const text = HEADER + astToString(await openapiTypescript(await documentOf(contract)));
  const file = target(contract);
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === text) continue;
  stale.push(contract);
  if (!process.argv.includes('--check')) fs.writeFileSync(file, text);
}
if (process.argv.includes('--check') && stale.length > 0) {
  console.error(
    `The client's types of ${stale.join(', ')} are not those of the documents: npm run client:types`,
  );
  process.exitCode = 1;
}
