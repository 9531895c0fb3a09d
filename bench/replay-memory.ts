import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Peak memory of a replay by number of bookings: the built program reads a simulated file, scores both arms and judges.
 * Prints the bytes a booking beyond the smallest run, and exits 3 when they exceed the budget.
 * Usage: npm run bench:replay-memory
 */
/** Both beyond the number of bookings whose single answers are kept: below it, the bootstrap needs a fixed base of its own. */
const SIZES = [200_000, 1_000_000];
const BUDGET_BYTES = 24;
/** Reported by the child itself just before it exits; `maxRSS` is in kilobytes. */
const REPORT_PEAK =
  'process.on("exit", () => process.stderr.write("peak " + process.resourceUsage().maxRSS + "\\n"))';

const folder = mkdtempSync(join(tmpdir(), 'atmr-ml-bench-'));
try {
  const peaks = SIZES.map((bookings) => peakKilobytes(bookings));
  const [small = 0, large = 0] = peaks;
  const bytes = ((large - small) * 1024) / (SIZES[1]! - SIZES[0]!);
  process.stdout.write(`${bytes.toFixed(1)} bytes a booking beyond ${small} kB (budget: ${BUDGET_BYTES})\n`);
  process.exitCode = bytes <= BUDGET_BYTES ? 0 : 3;
} finally {
  rmSync(folder, { recursive: true });
}

function peakKilobytes(bookings: number): number {
  const file = join(folder, 'bookings.csv');
  const simulate = [
    'simulate',
    '--bookings',
    String(bookings),
    '--days',
    '3650',
    '--seed',
    '77',
    '--out',
    file,
  ];
  execFileSync(process.execPath, ['dist/atmr-ml.js', ...simulate], { stdio: 'ignore' });
  const replay = ['--import', `data:text/javascript,${encodeURIComponent(REPORT_PEAK)}`, 'dist/atmr-ml.js'];
  const { stdout, stderr } = spawnSync(process.execPath, [...replay, 'ab-test', '--source', file], {
    encoding: 'utf8',
  });
  const peak = Number(/peak (\d+)/.exec(stderr)?.[1]);
  const { n, verdict } = JSON.parse(stdout);
  process.stdout.write(`${n} bookings scored, ${verdict}: peak ${peak} kB\n`);
  return peak;
}
