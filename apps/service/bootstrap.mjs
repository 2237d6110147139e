// Brings a checkout to the point where it can start: installs the dependencies, and builds with --build. Does nothing,
// in a few milliseconds, when all is there. Runs before node_modules exists, so it has no dependencies.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const at = (...parts) => path.join(root, ...parts);
const installStamp = at('node_modules/.gatehouse-installed');
const buildStamp = at('dist/.built');
const lockFile = at('.gatehouse-bootstrap.lock');
const LOCK_LIMIT_MS = 30 * 60_000;

const say = (line) => console.log(`gatehouse: ${line}`);
const read = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined);
const digest = (text) => createHash('sha256').update(text).digest('hex');

class Failure extends Error {}

/** What node_modules must have been made from, and for. */
const installFingerprint = () =>
  digest(
    [read(at('package-lock.json')), process.versions.modules, process.platform, process.arch].join('\n'),
  );

function isInstalled() {
  const stamp = read(installStamp);
  return stamp === undefined ? wasInstalledByHand() : stamp === installFingerprint();
}

/** Whether the operator's own `npm ci` has made node_modules from this lock: npm keeps a list of what it put there. */
function wasInstalledByHand() {
  const present = read(at('node_modules/.package-lock.json'));
  if (!present) return false;
  const packages = JSON.parse(present).packages;
  const wanted = JSON.parse(read(at('package-lock.json'))).packages;
  const fits = ([name, { version, integrity, os }]) =>
    wanted[name]?.version === version &&
    wanted[name]?.integrity === integrity &&
    (!os || os.includes(process.platform));
  const needed = Object.entries(wanted).filter(([name, entry]) => name && !entry.optional);
  return Object.entries(packages).every(fits) && needed.every(([name]) => packages[name]);
}

/** Of every file that the build reads: a deleted or added file changes it as well as an edited one. */
function buildFingerprint() {
  const lines = [installFingerprint()];
  const note = (file) => {
    const stat = fs.statSync(at(file), { throwIfNoEntry: false });
    if (stat) lines.push(`${file} ${stat.size} ${Math.floor(stat.mtimeMs)}`);
  };
  const walk = (dir) => {
    for (const entry of fs.readdirSync(at(dir), { withFileTypes: true })) {
      const file = `${dir}/${entry.name}`;
      if (entry.isDirectory()) entry.name !== 'dist' && walk(file);
      else if (!entry.name.endsWith('.spec.ts')) note(file);
    }
  };
  for (const dir of ['apps', 'libs']) if (fs.existsSync(at(dir))) walk(dir);
  for (const name of fs.readdirSync(root)) {
    if (/^(tsconfig.*\.json|nest-cli\.json|package\.json|ormconfig\.ts)$/.test(name)) note(name);
  }
  return digest(lines.sort().join('\n'));
}

const isBuilt = () =>
  fs.existsSync(at('dist/apps/service/src/main.js')) &&
  fs.existsSync(at('libs/client/dist/index.js')) &&
  read(buildStamp) === buildFingerprint();

/** Runs a program with its output going to ours; rejects with `advice` if it fails. */
function run(program, args, env, advice) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', env });
    const forward = (signal) => child.kill(signal);
    process.on('SIGINT', forward).on('SIGTERM', forward);
    child.once('error', (error) => reject(new Failure(`${error.message}. ${advice}`)));
    child.once('exit', (code, signal) => {
      process.off('SIGINT', forward).off('SIGTERM', forward);
      if (code === 0) resolve();
      else reject(new Failure(signal ? 'interrupted.' : advice));
    });
  });
}

async function install() {
  say('installing dependencies (first start only, about half a minute) ...');
  const started = performance.now();
  const args = ['ci', '--no-audit', '--no-fund', '--include=dev', '--loglevel=error'];
  const env = { ...process.env };
  // what the npm that runs us was told is not meant for this one
  for (const name of ['global', 'omit', 'production', 'only', 'dry_run', 'package_lock_only', 'workspace']) {
    delete env[`npm_config_${name}`];
  }
  // the npm that runs us is there and fits; another package manager sets the same variable
  const npm = process.env.npm_execpath;
  const [program, first] = npm && /npm-cli\.[cm]?js$/.test(npm) ? [process.execPath, [npm]] : ['npm', []];
  fs.rmSync(installStamp, { force: true });
  await run(
    program,
    [...first, ...args],
    env,
    'The dependencies could not be installed; npm says why above. Check the connection to the npm registry (HTTPS_PROXY if there is a proxy), free disk space and that this user may write here, then start again.',
  );
  fs.writeFileSync(installStamp, installFingerprint());
  say(`dependencies installed in ${seconds(started)}`);
}

async function build() {
  say('building ...');
  const started = performance.now();
  const fingerprint = buildFingerprint(); // taken first: what changes during the build is built next time
  fs.rmSync(buildStamp, { force: true });
  const advice =
    'The build failed; the compiler says why above. Correct that, or remove node_modules and start again if the files named are not yours.';
  const nest = [at('node_modules/@nestjs/cli/bin/nest.js'), 'build', 'service'];
  for (const args of [nest, [at('libs/client/build.mjs')]])
    await run(process.execPath, args, process.env, advice);
  fs.writeFileSync(buildStamp, fingerprint);
  say(`built in ${seconds(started)}`);
}

const seconds = (started) => `${((performance.now() - started) / 1000).toFixed(1)} s`;

/** Runs `work` while no other process does so in this checkout. */
async function alone(work) {
  for (let waiting = false; !takeLock(); waiting = true) {
    if (!waiting) say('waiting for another process that installs or builds in this directory ...');
    await sleep(200);
  }
  try {
    await work();
  } finally {
    fs.rmSync(lockFile, { force: true });
  }
}

function takeLock() {
  try {
    fs.writeFileSync(lockFile, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return clearStaleLock();
    throw new Failure(`${root} cannot be written (${error.code}): start as the user that owns it.`);
  }
}

/** Puts aside the lock of a killed process; the next try takes it. */
function clearStaleLock() {
  const content = read(lockFile);
  const age = Date.now() - (fs.statSync(lockFile, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  const stale = content ? !isAlive(Number(content)) || age > LOCK_LIMIT_MS : age > 5_000;
  if (!stale) return false;
  const aside = `${lockFile}.${process.pid}`;
  try {
    fs.renameSync(lockFile, aside);
    // another process has cleared it too, and has taken it since we looked
    if (read(aside) !== content) fs.linkSync(aside, lockFile);
  } catch {
    // gone already
  }
  fs.rmSync(aside, { force: true });
  return false;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function main() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Failure(
      `Node.js 20.19 or later is needed, this is ${process.versions.node}. Get it from https://nodejs.org`,
    );
  }
  const wantsBuild = process.argv.includes('--build');
  if (isInstalled() && (!wantsBuild || isBuilt())) return;
  await alone(async () => {
    if (!isInstalled()) await install();
    if (wantsBuild && !isBuilt()) await build();
  });
}

main().catch((error) => {
  console.error(error instanceof Failure ? `gatehouse: ${error.message}` : error);
  process.exitCode = 1;
});
