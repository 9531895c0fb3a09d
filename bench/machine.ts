import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';

/** Where the figures were measured, and with what. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  /** Versions by name; `null` for what is not installed here. */
  readonly versions: Readonly<Record<string, string | null>>;
}

/** Packages that are measured against. */
const PACKAGES = [
  'onnxruntime-node',
  '@openfeature/flagd-core',
  '@growthbook/growthbook',
  'fastify',
  'pg',
  'ioredis',
];

export async function machine(): Promise<Machine> {
  const packages = PACKAGES.map((name) => [name, packageVersion(name)] as const);
  const sklearn = said('/usr/bin/python3', ['-c', 'import sklearn; print(sklearn.__version__)']);
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    versions: { ...Object.fromEntries(packages), 'scikit-learn': sklearn },
  };
}

function packageVersion(name: string): string | null {
  try {
    const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as {
      version: string;
    };
    return version;
  } catch {
    return null;
  }
}

function said(command: string, args: readonly string[]): string | null {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}
