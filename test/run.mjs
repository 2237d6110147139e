// npm test: every test, or those that the arguments name. The faults come last and alone: they judge how long answers take
// while things fail, which needs the machine for themselves.
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { createRequire } from 'node:module';

const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const run = (...options) => {
  const { status } = spawnSync(process.execPath, [jest, '--config', 'test/jest.config.cjs', ...options], {
    stdio: 'inherit',
  });
  return status ?? 1;
};

const named = process.argv.slice(2);
if (named.length > 0) process.exit(run(...named));
const workers = `--maxWorkers=${Math.max(2, availableParallelism() - 1)}`;
const most = run(workers, '--ignoreProjects', 'faults');
const faults = run('--selectProjects', 'faults');
process.exit(most || faults);
