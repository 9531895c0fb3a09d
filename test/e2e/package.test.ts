import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledPackages } from '../../scripts/package/bundled-packages.js';
import { isAllowed } from '../../scripts/package/licences.js';
import { packInto } from '../../scripts/package/pack.js';
import { type Installed, installInto } from './installed.js';
import { startServe } from './serve-process.js';

const RIDE = ['--pickup', '46.20,6.14', '--dropoff', '46.25,6.10', '--at', '2026-03-02T17:30'];
/** Better, worse, undecided. */
const VERDICTS = [0, 3, 7];

let folder: string;
let tarball: string;
let installed: Installed;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'atmr-ml-installed-'));
  mkdirSync(join(folder, 'packed'));
  tarball = packInto(join(folder, 'packed'));
  installed = installInto(join(folder, 'plain'), tarball);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function json(...args: string[]) {
  const { code, stdout, stderr } = await installed.run(...args);
  expect(VERDICTS, stderr).toContain(code);
  return JSON.parse(stdout);
}

/** The code of an entry of the build and of all that it loads; other files may be left of an earlier build. */
function chunksFrom(entry: string): string[] {
  const found = new Map<string, string>();
  const waiting = [entry];
  for (const name of waiting) {
    if (found.has(name)) continue;
    const code = readFileSync(join('dist', name), 'utf8');
    found.set(name, code);
    waiting.push(...[...code.matchAll(/\(["']\.\/([^"']+\.js)["']\)/g)].map(([, file = '']) => file));
  }
  return [...found.values()];
}

describe('the tarball', () => {
  it('holds the build, the model, the bookings, the documents and the examples, and neither sources nor maps', () => {
    const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
    const parts = files.map((file) => file.split('/')[1]);
    expect([...new Set(parts)].sort()).toEqual([
      ...['LICENSE', 'README.md', 'dist', 'docs', 'examples', 'fixtures', 'models', 'package.json'],
    ]);
    expect(files.filter((file) => /\.(map|tsx?)$/.test(file))).toEqual([]);
  });
});

describe('what the build holds of others', () => {
  const bundled = bundledPackages('dist');
  const inChunks = [...chunksFrom('atmr-ml.js'), ...chunksFrom('onnxruntime-process.js')]
    .flatMap((code) => [...code.matchAll(/^\/\/#region .*node_modules\/((?:@[^/]+\/)?[^/]+)/gm)])
    .map(([, name = '']) => name);

  it('is listed with a licence that lets it be passed on', () => {
    const names = new Set(bundled.map(({ name }) => name));
    expect([...new Set(inChunks)].filter((name) => !names.has(name))).toEqual([]);
    expect(new Set(inChunks).size).toBeGreaterThan(100);
    for (const name of ['fastify', 'ioredis', 'pg', 'preact', 'uplot', 'd3-array'])
      expect(names).toContain(name);
    expect(bundled.filter(({ licence }) => !isAllowed(licence))).toEqual([]);
  });

  it('has its licence text beside it in what is installed', () => {
    const dist = join(installed.folder, 'node_modules/atmr-ml/dist');
    expect(bundledPackages(dist)).toEqual(bundled);
    const text = readFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
    expect(text.match(/^permission is hereby granted/gim)?.length).toBeGreaterThan(100);
  });
});

describe('an installation', () => {
  it('is a few packages, of which none runs anything to be installed', () => {
    const lock = JSON.parse(readFileSync(join(installed.folder, 'node_modules/.package-lock.json'), 'utf8'));
    const packages = lock.packages as Record<string, { hasInstallScript?: boolean }>;
    const names = Object.keys(packages).map((path) => path.replace('node_modules/', ''));
    expect(names.filter((name) => !name.startsWith('@libsql/')).sort()).toEqual([
      ...['@neon-rs/load', 'atmr-ml', 'cephes', 'detect-libc', 'libsql', 'nodemailer', 'undici'],
    ]);
    const others = Object.entries(packages).filter(([path]) => path !== 'node_modules/atmr-ml');
    expect(others.filter(([, { hasInstallScript }]) => hasInstallScript)).toEqual([]);
  });

  it('says its version, and helps with each command', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(await installed.run('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    const { stdout } = await installed.run('--help');
    const names = [...stdout.matchAll(/^ {2}([a-z][a-z-]+)/gm)]
      .map(([, name = '']) => name)
      .filter((name) => name !== 'help');
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) {
      expect((await installed.run(name, '--help')).stdout).toMatch(new RegExp(`^Usage: atmr-ml ${name}`));
    }
  });

  it('replays the bookings that come with it', async () => {
    expect(await json('ab-test', '--limit', '50')).toMatchObject({ n: 50, simulated: true });
  });

  it('simulates, trains, and predicts by what it trained', async () => {
    await json('simulate', '--bookings', '600', '--out', 'history.csv');
    await json('train', '--source', 'history.csv', '--out', 'own.onnx');
    const { code, stdout } = await installed.run('predict', ...RIDE, '--model', 'own.onnx');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).source).toBe('model');
  });

  it('changes the flag in a store of its own, and keeps its history', async () => {
    await json('activate', '--percentage', '25', '--yes');
    expect((await json('status')).config.ML_TRAFFIC_PERCENTAGE).toBe(25);
    await json('disable', '--reason', 'a drill');
    expect((await json('status')).config.ML_ENABLED).toBe(false);
    expect((await installed.run('history', '--verify')).code).toBe(0);
  });

  it('serves the page, its files and bookings, and is reported on and looked after', async () => {
    const home = join(installed.folder, 'home');
    await json('disable', '--reason', 'another drill');
    const serving = await startServe(
      { ATMR_ML_HOME: home },
      [],
      join(installed.folder, 'node_modules/atmr-ml/dist/atmr-ml.js'),
    );
    try {
      const page = await (await fetch(`${serving.dashboardUrl}/ml-monitoring`)).text();
      const files = [...page.matchAll(/(?:src|href)="([^"]+\.(?:js|css)[^"]*)"/g)].map(
        ([, path = '']) => path,
      );
      expect(files.length).toBeGreaterThan(1);
      for (const path of files) {
        expect((await fetch(new URL(path, `${serving.dashboardUrl}/ml-monitoring`))).status).toBe(200);
      }
      const booking = { id: 1, scheduled_time: '2027-03-02T17:30:00', pickup_lat: 46.2, pickup_lon: 6.14 };
      const answer = await fetch(`${serving.url}/api/predictions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ booking: { ...booking, dropoff_lat: 46.25, dropoff_lon: 6.1 } }),
      });
      expect(await answer.json()).toMatchObject({ source: 'heuristic', reason: 'FORCED_OFF' });
      expect((await fetch(`${serving.url}/metrics`)).status).toBe(200);
    } finally {
      expect(await serving.stop()).toBe(0);
    }
    expect((await installed.run('report', '--week', 'this', '--out', 'week.md')).code).toBe(0);
    const { checks } = await json('doctor');
    const named = new Map(checks.map(({ name, result }: { name: string; result: string }) => [name, result]));
    expect([named.get('sqlite'), named.get('model')]).toEqual(['ok', 'ok']);
  });

  it('has no ONNX Runtime, and says how to add it where a model needs it', async () => {
    expect(existsSync(join(installed.folder, 'node_modules/onnxruntime-node'))).toBe(false);
    const { code, stderr } = await installed.run('predict', ...RIDE, '--runtime', 'onnxruntime');
    expect(code).toBe(2);
    expect(stderr).toContain('Run: npm install onnxruntime-node');
  });
});

describe('an installation without what is optional', () => {
  it('replays and predicts; without Postgres or Redis it keeps no flag, and says what is missing', async () => {
    const bare = installInto(join(folder, 'bare'), tarball, '--omit=optional');
    expect(VERDICTS).toContain((await bare.run('ab-test', '--limit', '50')).code);
    expect((await bare.run('predict', ...RIDE)).code).toBe(0);
    const { code, stderr } = await bare.run('activate', '--percentage', '10', '--yes');
    expect(code).toBe(4);
    expect(stderr).toMatch(
      /driver for this system is not installed .*Install atmr-ml again without --omit=optional/,
    );
  });
});
