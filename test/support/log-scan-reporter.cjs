const { readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');
const { scan } = require('./log-scan.cjs');

/** How many kinds of leaks are shown, one of each, and how much of its line. */
const [SHOWN, WIDTH] = [20, 300];

/** Fails the run where any log line of any test's service holds a secret that the tests used or received. */
module.exports = class LogScanReporter {
  constructor(globalConfig, { print = (text) => void process.stdout.write(text) } = {}) {
    this.print = print;
    const { nonFlagArgs = [], testNamePattern, projects = [], shard } = globalConfig;
    this.wholeSuite = nonFlagArgs.length === 0 && !testNamePattern && projects.length > 1 && !shard;
  }

  onRunComplete() {
    const dir = process.env.GATEHOUSE_TEST_RUN;
    if (!dir) return;
    const files = readdirSync(dir);
    const read = (prefix) =>
      files
        .filter((name) => name.startsWith(prefix))
        .flatMap((name) => readFileSync(path.join(dir, name), 'utf8').split('\n'));
    const secrets = read('secrets-')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    const started = Date.now();
    const found = scan(read('log-'), secrets);
    this.print(
      `\n${found.lines} log lines held against ${found.secrets} secrets in ${Date.now() - started} ms: ${found.leaks.length} leaks\n`,
    );
    const firsts = new Map([...found.leaks].reverse().map((leak) => [leak.what, leak]));
    for (const { what, line } of [...firsts.values()].slice(0, SHOWN))
      this.print(`  ${what} in: ${line.slice(0, WIDTH)}\n`);
    if (found.leaks.length > 0) this.error = new Error(`${found.leaks.length} log lines hold a secret`);
    else if (this.wholeSuite && (found.lines === 0 || found.secrets === 0))
      this.error = new Error('no log line, or no secret, was collected: nothing was proved');
  }

  getLastError() {
    return this.error;
  }
};
