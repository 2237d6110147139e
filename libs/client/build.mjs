// Compiles the package to libs/client/dist, for `npm pack` and `npm publish` in libs/client.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

fs.rmSync(here('dist'), { recursive: true, force: true });
const compiler = here('../../node_modules/typescript/bin/tsc');
const args = [compiler, '-p', here('tsconfig.build.json')];
process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
