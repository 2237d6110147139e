// Makes a Postman collection of each document of this folder, with portman's contract tests, and runs it by newman.
// plan.json: [{contract, baseUrl, config}], with portman's configuration; result.json: what each request came to.
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import newman from 'newman';
// by its path: the package names an entry that it does not contain
import { Portman } from '@apideck/portman/dist/Portman.js';

const POSTMAN_CONFIG = fileURLToPath(import.meta.resolve('@apideck/portman/postman-config.default.json'));

/** @returns {Promise<object[]>} of each request: its name, status, how many tests it has, and what the failed ones say */
function runCollection(file) {
  const collection = JSON.parse(fs.readFileSync(file, 'utf8'));
  return new Promise((resolve, reject) =>
    newman.run({ collection, reporters: [] }, (error, summary) =>
      error ? reject(error) : resolve(summary.run.executions.map(outcomeOf)),
    ),
  );
}

const outcomeOf = ({ item, request, response, requestError, assertions = [] }) => ({
  request: `${request.method} ${item.name}`,
  status: response?.code ?? String(requestError),
  tests: assertions.length,
  failed: assertions
    .filter(({ error }) => error)
    .map(({ assertion, error }) => `${assertion}: ${error.message}: ${response?.stream}`),
});

const results = {};
for (const { contract, baseUrl, config } of JSON.parse(fs.readFileSync('plan.json', 'utf8'))) {
  const output = `${contract}.postman.json`;
  fs.writeFileSync('portman.json', JSON.stringify(config));
  // what its command line makes of -l, -b, -o and -c
  await new Portman({
    oaLocal: `${contract}.json`,
    baseUrl,
    output,
    portmanConfigFile: 'portman.json',
    portmanConfigPath: 'portman.json',
    postmanConfigPath: POSTMAN_CONFIG,
    envFile: '.env',
    includeTests: true,
  }).run();
  results[contract] = await runCollection(output);
}
fs.writeFileSync('result.json', JSON.stringify(results));
