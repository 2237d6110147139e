// Known vulnerabilities in what production installs. A registry that answers no audits is said so, and nothing is judged.
import { spawnSync } from 'node:child_process';

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8' });
let report;
try {
  report = JSON.parse(stdout);
} catch {
  report = {};
}
const found = report.metadata?.vulnerabilities;
if (found === undefined) {
  console.log(`NOT CHECKED: the registry answers no audit (${report.message ?? 'no answer'})`);
} else if (found.high + found.critical > 0) {
  for (const { name, severity, range } of Object.values(report.vulnerabilities))
    console.error(`${severity}: ${name} ${range}`);
  process.exit(1);
} else {
  console.log(`none of weight (${found.low} low, ${found.moderate} moderate)`);
}
