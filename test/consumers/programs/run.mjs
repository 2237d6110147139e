// Prints the steps of every journey of a compiled program, as JSON by contract: node run.mjs <program> <url> <person>
import { pathToFileURL } from 'node:url';

const [, , program, url, person] = process.argv;
const { journeys } = await import(pathToFileURL(program).href);
const taken = {};
for (const [contract, journey] of Object.entries(journeys))
  taken[contract] = await journey(url, JSON.parse(person)).catch((error) => ({ failed: String(error) }));
console.log(JSON.stringify(taken));
