import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { runBinary } from '../run-binary.js';
import { expectTests, quotedTests } from './quoted-tests.js';

const THREATS = readFileSync('docs/threat-model.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| [STRIDE] \|/.test(line));
const COMMANDS = readdirSync('commands').map((file) => file.replace(/\.ts$/, ''));
const SECRET = /token|password|passwd|secret|api-?key|credential|webhook|dsn|--key\b/i;

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

describe('the threat model', () => {
  it('covers each letter of STRIDE', () => {
    expect([...new Set(THREATS.map((row) => row[2]))].sort()).toEqual([...'DEIRST']);
  });

  it.each(THREATS)('names tests that are there: %s', (row) => {
    const quoted = quotedTests(row);
    expect(quoted).not.toEqual([]);
    expectTests(quoted);
  });
});

describe('what the threat model claims of the whole', () => {
  it.each(COMMANDS)('no option takes a secret: %s', async (name) => {
    for (const words of [[name], ...(await subcommandsOf(name))]) {
      const { stdout } = await runBinary([...words, '--help']);
      const options = [...stdout.matchAll(/^ +(?:-\w, )?(--[a-z-]+(?: [<[]\S+)?)/gm)].map(
        ([, one = '']) => one,
      );
      expect(options).toContain('--help');
      expect(options.filter((option) => SECRET.test(option))).toEqual([]);
    }
  });

  it('every package has an exact version and a hash, and none needs a script to be installed', () => {
    const { dependencies, devDependencies, allowScripts } = packageJson;
    for (const version of Object.values({ ...dependencies, ...devDependencies }))
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    const locked = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages as Record<string, Locked>;
    const packages = Object.entries(locked).filter(([path, { link }]) => path !== '' && !link);
    expect(packages.length).toBeGreaterThan(100);
    expect(packages.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
    const scripted = packages
      .filter(([, one]) => one.hasInstallScript)
      .map(([path]) => path.split('node_modules/').at(-1));
    expect(Object.entries(allowScripts).sort()).toEqual(
      [...new Set(scripted)].sort().map((name) => [name, false]),
    );
  });
});

/** The subcommands of a family, as words; none for a single command. */
async function subcommandsOf(name: string): Promise<string[][]> {
  const { stdout } = await runBinary([name, '--help']);
  const [, listed = ''] = stdout.split(/^Commands:\n/m);
  return [...listed.matchAll(/^ {2}([a-z-]+) /gm)]
    .map(([, subcommand = '']) => subcommand)
    .filter((subcommand) => subcommand !== 'help')
    .map((subcommand) => [name, subcommand]);
}
