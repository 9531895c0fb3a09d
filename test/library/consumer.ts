import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A program of somebody else's, in whose folder the packed package is installed. */
export interface Consumer {
  readonly folder: string;
  /** Starts a file of the folder; `variables` are all that it has of an environment. */
  start(file: string, variables: Readonly<Record<string, string>>): ConsumerProcess;
  remove(): void;
}

export interface ConsumerProcess {
  stdout(): string;
  stderr(): string;
  /** The first line of stdout; rejects when it ended without one. */
  readonly firstLine: Promise<string>;
  /** Resolves to its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  signal(signal: NodeJS.Signals): void;
}

/** Installs the package as npm would, with the dependencies that are here. `files` are texts by name. */
export function installConsumer(files: Readonly<Record<string, string>> = {}): Consumer {
  const folder = mkdtempSync(join(tmpdir(), 'atmr-ml-consumer-'));
  const modules = join(folder, 'node_modules');
  const own = join(modules, 'atmr-ml');
  mkdirSync(own, { recursive: true });
  const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  const tarball = execFileSync('npm', pack, { encoding: 'utf8' }).trim().split('\n').at(-1) ?? '';
  execFileSync('tar', ['-xzf', join(folder, tarball), '-C', own, '--strip-components', '1']);
  symlinkSync(resolve('node_modules'), join(own, 'node_modules'));
  for (const scope of ['@openfeature', '@types']) {
    symlinkSync(resolve('node_modules', scope), join(modules, scope));
  }
  cpSync('examples/node', folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return {
    folder,
    start: (file, variables) => startProcess(folder, file, variables),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function startProcess(
  folder: string,
  file: string,
  variables: Readonly<Record<string, string>>,
): ConsumerProcess {
  const { PATH = '' } = process.env;
  const env = { PATH, PORT: '0', ...variables };
  const child = spawn(process.execPath, [file], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (data) => (stderr += data));
  const ended = new Promise<number | NodeJS.Signals | null>((over) => {
    child.on('close', (code, signal) => over(code ?? signal));
  });
  const firstLine = new Promise<string>((told, failed) => {
    child.stdout.on('data', (data) => {
      stdout += data;
      if (stdout.includes('\n')) told(stdout.slice(0, stdout.indexOf('\n')));
    });
    void ended.then((code) => failed(new Error(`${file} ended with ${code}:\n${stderr}`)));
  });
  // Not everybody waits for it.
  firstLine.catch(() => {});
  return {
    ...{ stdout: () => stdout, stderr: () => stderr, firstLine, ended },
    signal: (signal) => void child.kill(signal),
  };
}
