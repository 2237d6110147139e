// Holds package-lock.json against what we let in: exact versions from the registry, each with a hash, none that runs a
// script when it is installed, and in production no licence that we have not looked at.
import { readFileSync } from 'node:fs';

const read = (name) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
const project = read('package.json');
const { lockfileVersion, packages } = read('package-lock.json');

const LICENCES = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'Python-2.0',
]);
/** Packages that state their licence in a file or in an older member of package.json alone; read by us. */
const READ = new Map([
  ['passport-strategy', 'MIT'],
  ['pause', 'MIT'],
]);

const faults = [];
if (lockfileVersion !== 3) faults.push(`the lock file has version ${lockfileVersion}, not 3`);

for (const [group, wanted] of Object.entries({
  dependencies: project.dependencies,
  devDependencies: project.devDependencies,
}))
  for (const [name, range] of Object.entries(wanted))
    if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range))
      faults.push(`${group}: ${name} ${range} is no exact version`);

const nameOf = (where) => where.slice(where.lastIndexOf('node_modules/') + 'node_modules/'.length);
/** npm asks this list before it runs an install script; a scope's platform packages are alike. */
const silenced = (name) =>
  project.allowScripts[name] === false ||
  Object.keys(project.allowScripts).some(
    (each) => name.startsWith('@') && each.startsWith(`${name.split('/')[0]}/`),
  );

for (const [where, { version, resolved, integrity, hasInstallScript, license, dev, link }] of Object.entries(
  packages,
)) {
  if (where === '') continue;
  const name = nameOf(where);
  const fault = (what) => faults.push(`${name} ${version}: ${what}`);
  if (link || /^(git|file|http:)/.test(resolved ?? '')) fault('does not come from the registry');
  if (!/^sha512-/.test(integrity ?? '')) fault('has no SHA-512');
  if (hasInstallScript && !silenced(name))
    fault('runs a script when it is installed; say false in allowScripts');
  if (!dev && !LICENCES.has(license ?? READ.get(name))) fault(`its licence ${license} is not on our list`);
}

if (faults.length > 0) {
  console.error(`package-lock.json:\n${faults.map((each) => `  ${each}`).join('\n')}`);
  process.exit(1);
}
console.log(`${Object.keys(packages).length - 1} packages, exact, hashed, silent`);
