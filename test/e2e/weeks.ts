import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openGuardStore } from '../../src/guard/open-guard-store.js';
import { openLedger } from '../../src/ledger/open-ledger.js';
import { seededUniforms } from '../../src/statistics/random.js';
import { prediction } from '../ledger/rows.js';
import { startSession, type TerminalSession } from '../terminal-session.js';

export const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Absolute errors of the arms in minutes, on average, and the share of attempts that fail. */
export interface World {
  readonly model: number;
  readonly heuristic: number;
  readonly failing?: number;
}

interface Profile {
  readonly name: string;
  readonly quantiles: readonly number[];
}

/** A company whose calendar a test turns: the real program, at any time, on bookings that the test makes up. */
export interface Company {
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Runs the program at `atMs`; its clock goes on from there. */
  run(atMs: number, ...args: readonly string[]): { exitCode: number; stdout: string; stderr: string };
  /** The JSON of a run, whatever its exit code. */
  json(atMs: number, ...args: readonly string[]): { exitCode: number; document: Record<string, unknown> };
  /** The same at a terminal of 80 × 24. */
  session(atMs: number, ...args: readonly string[]): TerminalSession;
  /** The same where the locale knows nothing but ASCII. */
  plainSession(atMs: number, ...args: readonly string[]): TerminalSession;
  /** Bookings of the local day that begins at `dayMs`: asked about in its night, settled in the next. */
  live(dayMs: number, bookings: number, world: World): Promise<void>;
  close(): Promise<void>;
}

export async function openCompany(config = ''): Promise<Company> {
  const folder = mkdtempSync(join(tmpdir(), 'atmr-ml-weeks-'));
  const home = join(folder, 'home');
  const models = join(folder, 'models');
  cpSync('models', models, { recursive: true });
  // Its history is this company's own: a model that learned from a simulation does not go past 50 %.
  const manifestPath = join(models, 'delay_predictor.json');
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
  manifest.data.simulated = false;
  writeFileSync(manifestPath, JSON.stringify(manifest));
  writeFileSync(join(folder, 'atmr-ml.config.yaml'), `models: ./models\n${config}`);
  const ledger = await openLedger({ databaseUrl: null, home });
  const guardStore = await openGuardStore({ databaseUrl: null, home, flagKey: 'ml-delay-prediction' });
  const uniform = seededUniforms(7);
  const gaussian = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  let booking = 0;
  /** A value as likely as in training, by its deciles: another distribution would be a drift. */
  const like = (deciles: readonly number[]) => {
    const at = uniform() * (deciles.length - 1);
    const [low = 0, high = low] = deciles.slice(Math.floor(at), Math.floor(at) + 2);
    return low + (at % 1) * (high - low);
  };
  const env = { PATH: process.env.PATH, ATMR_ML_HOME: home, TZ: 'UTC', USER: 'ana' };
  const programAt = (atMs: number) => {
    const at = new Date(atMs).toISOString().slice(0, 19).replace('T', ' ');
    return ['faketime', '-f', `@${at}`, process.execPath, resolve('dist/atmr-ml.js')] as const;
  };
  const run: Company['run'] = (atMs, ...args) => {
    const [command, ...before] = programAt(atMs);
    const settings = { cwd: folder, encoding: 'utf8', env } as const;
    const { status, stdout, stderr } = spawnSync(command, [...before, ...args], settings);
    return { exitCode: status ?? -1, stdout, stderr };
  };
  return {
    folder,
    env,
    run,
    session: (atMs, ...args) => startSession([...programAt(atMs), ...args], { cwd: folder, env }),
    plainSession: (atMs, ...args) =>
      startSession([...programAt(atMs), ...args], { cwd: folder, env: { ...env, LANG: 'C' } }),
    json(atMs, ...args) {
      const { exitCode, stdout, stderr } = run(atMs, ...args, '--json');
      if (stdout === '') throw new Error(`no JSON, exit ${exitCode}: ${stderr}`);
      return { exitCode, document: JSON.parse(stdout) };
    },
    async live(dayMs, bookings, { model, heuristic, failing = 0 }) {
      // A server was up all day.
      for (let hour = 0; hour < 24; hour++) await guardStore.markMinute(dayMs + hour * HOUR_MS);
      // Half of what a day does to a ride neither arm foresees.
      const shared = 0.4 * gaussian();
      const rides = Array.from({ length: bookings }, (_, i) => {
        const noise = 0.85 * gaussian() + shared;
        const predicted = like(manifest.output.quantiles);
        const off = (mae: number) => Math.sqrt(Math.PI / 2) * mae * (0.6 * noise + 0.75 * gaussian());
        const failed = uniform() < failing;
        const actual = predicted - off(model);
        const id = `booking-${++booking}`;
        const createdMs = dayMs + HOUR_MS + i;
        return {
          row: prediction({
            ...{
              requestId: `r-${id}`,
              bookingId: id,
              createdMs,
              scheduledMs: dayMs + 7 * HOUR_MS + i * 300_000,
            },
            revision: 1_000_000,
            modelMinutes: failed ? null : predicted,
            features: Object.fromEntries(manifest.features.map((f: Profile) => [f.name, like(f.quantiles)])),
            heuristicMinutes: actual + off(heuristic),
            ...{ attempt: failed ? 'failed' : 'answered', predictionTimeMs: 20 + 30 * uniform() },
            ...{ modelName: manifest.name, modelVersion: manifest.version, driverId: `d-${i % 17}` },
          }),
          outcome: { bookingId: id, actualDelayMinutes: actual, actualPickupMs: null, origin: 'api' },
        };
      });
      await ledger.record(rides.map(({ row }) => row));
      await ledger.settle(
        rides.map(({ outcome }) => outcome),
        dayMs + DAY_MS,
      );
    },
    async close() {
      await ledger.close();
      await guardStore.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
