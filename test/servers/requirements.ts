import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

/** Something that the tests run and npm does not bring. */
export interface Requirement {
  readonly debianPackage: string;
  present(): boolean;
}

const POSTGRES_FOLDER = '/usr/lib/postgresql';

export const REQUIREMENTS: readonly Requirement[] = [
  { debianPackage: 'redis-server', present: () => answers('redis-server', '--version') },
  { debianPackage: 'postgresql', present: () => answers('postgres', '--version') || hasVersionedPostgres() },
  { debianPackage: 'faketime', present: () => answers('faketime', '--version') },
  // Root gives its rights away by it. Essential on Debian, absent from small images.
  { debianPackage: 'util-linux', present: () => answers('setpriv', '--version') },
  { debianPackage: 'curl', present: () => answers('curl', '--version') },
  { debianPackage: 'jq', present: () => answers('jq', '--version') },
  { debianPackage: 'bsdutils', present: () => answers('script', '--version') },
  { debianPackage: 'python3-sklearn', present: () => answers('/usr/bin/python3', '-c', 'import sklearn') },
  { debianPackage: 'python3-onnx', present: () => answers('/usr/bin/python3', '-c', 'import onnx') },
  { debianPackage: 'python3-flask', present: () => answers('/usr/bin/python3', '-c', 'import flask') },
  { debianPackage: 'python3-redis', present: () => answers('/usr/bin/python3', '-c', 'import redis') },
  // Shells whose completion is tried, and what sets the manual page.
  { debianPackage: 'zsh', present: () => answers('zsh', '--version') },
  { debianPackage: 'fish', present: () => answers('fish', '--version') },
  { debianPackage: 'groff-base', present: () => answers('groff', '--version') },
  { debianPackage: 'chromium', present: () => answers('/usr/bin/chromium', '--version') },
];

function answers(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** Debian keeps the servers out of PATH, one folder a version. */
function hasVersionedPostgres(): boolean {
  if (!existsSync(POSTGRES_FOLDER)) return false;
  return readdirSync(POSTGRES_FOLDER).some((version) =>
    existsSync(`${POSTGRES_FOLDER}/${version}/bin/postgres`),
  );
}
