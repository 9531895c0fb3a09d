import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { REQUIREMENTS } from './requirements.js';

/**
 * Installs what the tests run beside Node: with apt when this is root on Debian or Ubuntu, else it says what to
 * install and fails. Run as `npm run test:fresh`.
 */
const missing = REQUIREMENTS.filter(({ present }) => !present()).map(({ debianPackage }) => debianPackage);
if (missing.length > 0) install(missing);

function install(packages: readonly string[]): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    process.stderr.write(
      `The tests need ${packages.join(', ')}. On Debian: apt-get install ${packages.join(' ')}\n`,
    );
    process.exit(1);
  }
  const run = (...args: string[]) =>
    execFileSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  process.stderr.write(`installing ${packages.join(', ')}\n`);
  run('update');
  run('install', '-y', '--no-install-recommends', ...packages);
}
