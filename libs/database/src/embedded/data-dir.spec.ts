import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { serverAccount } from './account.js';
import { prepareBinaries } from './binaries.js';
import { ensureCluster } from './cluster.js';
import { openDataDir } from './data-dir.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { removeLeftovers, temporaryName } from './temporary-name.js';

const projectRoot = path.resolve(__dirname, '../../../..');
const account = serverAccount();
const nobody = { uid: 65534, gid: 65534 };
const asRoot = process.getuid?.() === 0 ? test : test.skip;
let scratch: string;

beforeEach(() => {
  scratch = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'gatehouse-')));
  fs.chmodSync(scratch, 0o755);
});
afterEach(() => fs.rmSync(scratch, { recursive: true, force: true }));

function fault(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(EmbeddedPostgresError);
    return (error as Error).message;
  }
  throw new Error('it was accepted');
}
const open = (dir: string) => openDataDir(dir, projectRoot, account);

test('a new directory is made with its parents and marked, and opens again', () => {
  const dir = path.join(scratch, 'some/where');
  expect(open(dir).cluster).toBe(path.join(dir, 'postgres'));
  expect(JSON.parse(fs.readFileSync(path.join(dir, 'gatehouse.json'), 'utf8'))).toEqual({
    madeBy: 'gatehouse',
    postgres: '18',
  });
  fs.writeFileSync(path.join(dir, 'postgres.log'), '');
  expect(open(dir).path).toBe(dir);
});

test('a relative DATA_DIR starts at the project root, and the default is .data there', () => {
  expect(openDataDir('here', scratch, account).path).toBe(path.join(scratch, 'here'));
  expect(openDataDir(undefined, scratch, account, path.join(scratch, 'system')).path).toBe(
    path.join(scratch, '.data'),
  );
});

test('a directory with files of others is refused and left as it is', () => {
  fs.writeFileSync(path.join(scratch, 'thesis.txt'), '');
  expect(fault(() => open(scratch))).toContain(`DATA_DIR ${scratch} was not made by Gatehouse`);
  expect(fs.readdirSync(scratch)).toEqual(['thesis.txt']);
});

test('a file, and a path through a file, are refused', () => {
  const file = path.join(scratch, 'file');
  fs.writeFileSync(file, '');
  expect(fault(() => open(file))).toMatch(/DATA_DIR .*\/file is not a directory/);
  expect(fault(() => open(path.join(file, 'in')))).toMatch(/DATA_DIR .*a part of the path is a file/);
});

test('a directory that cannot be written is refused', () => {
  if (process.getuid?.() === 0) {
    // root may write anywhere but on a file system that takes no directories
    expect(fault(() => open('/proc/gatehouse'))).toMatch(/DATA_DIR \/proc\/gatehouse cannot be used/);
    return;
  }
  fs.chmodSync(scratch, 0o555);
  expect(fault(() => open(scratch))).toContain('this user may not write there');
  expect(fault(() => open(path.join(scratch, 'new')))).toContain('this user may not write there');
  fs.chmodSync(scratch, 0o755);
});

asRoot(
  'a set DATA_DIR that the account of PostgreSQL cannot reach is refused, naming the closed part',
  () => {
    const closed = path.join(scratch, 'closed');
    fs.mkdirSync(closed, { mode: 0o700 });
    expect(fault(() => open(path.join(closed, 'data')))).toMatch(
      /cannot be reached by PostgreSQL.*: \S+\/closed is closed/,
    );
  },
);

asRoot('the closed directory of an ordinary user names that user', () => {
  open(scratch);
  fs.chownSync(scratch, 4711, 4711);
  fs.chmodSync(scratch, 0o700);
  expect(fault(() => open(scratch))).toContain('belongs to another user (id 4711)');
});

asRoot('an empty directory of mode 700, as by mktemp, is opened for passing through only', () => {
  fs.chmodSync(scratch, 0o700);
  open(scratch);
  expect(fs.statSync(scratch).mode & 0o777).toBe(0o711);
});

asRoot('the default moves out of a closed checkout, and stays where its data is', () => {
  const checkout = path.join(scratch, 'closed');
  const system = path.join(scratch, 'system');
  fs.mkdirSync(checkout, { mode: 0o700 });
  const openDefault = () => openDataDir(undefined, checkout, nobody, system).path;
  const elsewhere = openDefault();
  expect(path.dirname(elsewhere)).toBe(system);
  expect(path.basename(elsewhere)).toMatch(/^[0-9a-f]{12}$/);
  expect(fs.readdirSync(checkout)).toEqual([]);
  fs.chmodSync(checkout, 0o755);
  expect(openDefault()).toBe(elsewhere);
  fs.rmSync(elsewhere, { recursive: true });
  expect(openDefault()).toBe(path.join(checkout, '.data'));
});

asRoot('a system directory that somebody else can write is refused', () => {
  fs.mkdirSync(path.join(scratch, 'closed'), { mode: 0o700 });
  fs.mkdirSync(path.join(scratch, 'system'));
  fs.chmodSync(path.join(scratch, 'system'), 0o777);
  const act = () =>
    openDataDir(undefined, path.join(scratch, 'closed'), nobody, path.join(scratch, 'system'));
  expect(fault(act)).toContain('belongs to root and that nobody else can write');
});

test('leftovers of ended processes go, and those of live ones stay', () => {
  const dir = path.join(scratch, 'data');
  open(dir);
  const dead = path.join(dir, 'postgres.new-4194000-00000000');
  const live = path.join(dir, `postgres.new-${process.ppid}-00000000`);
  fs.mkdirSync(dead);
  fs.writeFileSync(path.join(dead, 'PG_VERSION'), '18');
  fs.mkdirSync(live);
  open(dir);
  expect(fs.readdirSync(dir).sort()).toEqual(['gatehouse.json', path.basename(live)]);
  const longAgo = Date.now() / 1000 - 3600;
  fs.utimesSync(live, longAgo, longAgo); // its process id is in use again, by another program
  removeLeftovers(dir);
  expect(fs.readdirSync(dir)).toEqual(['gatehouse.json']);
});

test('our own half-made cluster is not taken for a leftover', () => {
  const mine = temporaryName(path.join(scratch, 'postgres'));
  fs.mkdirSync(mine);
  removeLeftovers(scratch);
  expect(fs.existsSync(mine)).toBe(true);
});

async function clusterFault(change: (cluster: string) => void): Promise<string> {
  const dataDir = open(path.join(scratch, 'data'));
  fs.mkdirSync(dataDir.cluster);
  if (account) fs.chownSync(dataDir.cluster, account.uid, account.gid);
  fs.writeFileSync(path.join(dataDir.cluster, 'PG_VERSION'), '18\n');
  change(dataDir.cluster);
  const binaries = prepareBinaries(projectRoot, undefined, path.join(dataDir.path, 'postgres.lib'));
  const made = ensureCluster(dataDir, binaries, 'secret', () => undefined);
  return made.then(String, (error: unknown) => fault(() => { throw error; })); // prettier-ignore
}

test('a cluster of this version and user is accepted as it is', async () => {
  expect(await clusterFault(() => undefined)).toBe('false');
});

test('a cluster of another major version is refused', async () => {
  const change = (cluster: string) => fs.writeFileSync(path.join(cluster, 'PG_VERSION'), '17\n');
  expect(await clusterFault(change)).toMatch(/DATA_DIR .* is of PostgreSQL version 17, this is version 18/);
});

asRoot('a cluster of another user is refused', async () => {
  const change = (cluster: string) => fs.chownSync(cluster, 4711, 4711);
  expect(await clusterFault(change)).toMatch(/DATA_DIR .* is owned by another user \(id 4711/);
});

test('without the package of the platform, the way out is named', () => {
  fs.writeFileSync(path.join(scratch, 'package.json'), '{}');
  expect(fault(() => prepareBinaries(scratch, account, scratch))).toMatch(/not installed.*Set DATABASE_URL/);
});
