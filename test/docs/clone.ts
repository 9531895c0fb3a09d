import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { freePort } from '../servers/process.js';

/** A folder like a fresh clone after `npm ci`, in the home of somebody who never used the program. */
export interface Clone {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** A command that speaks to the usual port, for the one that `serve` takes here. */
  here(command: string): string;
  /** What the program writes, as it would be in the home of ana on a machine of its own. */
  elsewhere(text: string): string;
  remove(): void;
}

const COPIED = ['dist', 'models', 'fixtures', 'package.json'];

/** Copies the built program. `serve` takes two ports that are free here, shown as its usual ones. */
export async function freshClone(): Promise<Clone> {
  const root = mkdtempSync(join(tmpdir(), 'atmr-ml-tour-'));
  const home = join(root, 'home');
  const folder = join(home, 'atmr-ml');
  mkdirSync(folder, { recursive: true });
  for (const name of COPIED) cpSync(name, join(folder, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const ports = [await freePort(), await freePort()] as const;
  writeFileSync(
    join(folder, 'atmr-ml.config.yaml'),
    `serve: {apiPort: ${ports[0]}, dashboardPort: ${ports[1]}}\n`,
  );
  const programs = join(root, 'programs');
  putNpx(programs, folder);
  return {
    folder,
    env: { HOME: home, USER: 'ana', PATH: `${programs}${delimiter}${process.env.PATH}`, NO_COLOR: '1' },
    here: (command) => command.replaceAll(':5000/', `:${ports[0]}/`),
    elsewhere: (text) =>
      text
        .replaceAll(home, '/home/ana')
        .replaceAll(String(ports[0]), '5000')
        .replaceAll(String(ports[1]), '3000')
        .replaceAll(` on ${hostname()} `, ' on vm ')
        .replaceAll(new RegExp(`${escaped(hostname())}(?=-\\d+-[0-9a-f]{8}\\b)`, 'g'), 'vm'),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** `npx atmr-ml` without the second that npx takes each time. */
function putNpx(programs: string, folder: string): void {
  mkdirSync(programs);
  const line = `shift && exec '${process.execPath}' '${join(folder, 'dist/atmr-ml.js')}' "$@"`;
  writeFileSync(join(programs, 'npx'), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
}

/** The text as a pattern that it alone fits. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
