// Writes the bill of materials of what production installs (CycloneDX) to dist/sbom.cdx.json. npm's own `--omit dev` leaves
// out what a development tool depends on too, pg among it: so all of it is taken, and what is for development alone removed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const options = ['--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'];
const { stdout, stderr, status } = spawnSync('npm', ['sbom', ...options], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 1 << 26,
});
if (status !== 0) throw new Error(`npm sbom: ${stderr}`);
const bill = JSON.parse(stdout);
// npm takes the folder's name
bill.metadata.component.name = 'gatehouse';

const { packages } = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8'));
const production = new Set(
  Object.entries(packages)
    .filter(([where, { dev }]) => where !== '' && !dev)
    .map(([where, { version }]) => `${where.slice(where.lastIndexOf('node_modules/') + 13)}@${version}`),
);
const nameOf = ({ group, name, version }) => `${group ? `${group}/` : ''}${name}@${version}`;
const components = bill.components.filter((component) => production.has(nameOf(component)));
const missing = [...production].filter((each) => !components.some((component) => nameOf(component) === each));
if (missing.length > 0) throw new Error(`npm's bill of materials lacks ${missing.join(', ')}`);

const kept = new Set([bill.metadata.component['bom-ref'], ...components.map((each) => each['bom-ref'])]);
const dependencies = bill.dependencies
  .filter(({ ref }) => kept.has(ref))
  .map((each) => ({ ...each, dependsOn: each.dependsOn.filter((ref) => kept.has(ref)) }));
mkdirSync(new URL('dist/', root), { recursive: true });
const file = new URL('dist/sbom.cdx.json', root);
writeFileSync(file, `${JSON.stringify({ ...bill, components, dependencies }, null, 2)}\n`);
console.log(`dist/sbom.cdx.json: ${components.length} packages`);
