import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Booking } from '../../src/booking/booking.js';
import { localTime } from '../../src/booking/local-time.js';
import { systemClock } from '../../src/clock.js';
import type { Config } from '../../src/config.js';
import { DEFAULT_HEURISTIC } from '../../src/model/heuristic.js';
import { loadModel } from '../../src/model/load.js';
import type { Model } from '../../src/model/model.js';
import { rolloutPlayText } from '../../src/render/rollout-play.js';
import { terminalStyle } from '../../src/render/style.js';
import { dayCollector } from '../../src/rollout/day-collector.js';
import { DEFAULT_PLAN } from '../../src/rollout/plan.js';
import { PLAY_EXIT, type RolloutPlay, simulateRollout } from '../../src/rollout/simulate-rollout.js';
import { type RolloutSimulationFlags, rolloutWorld } from '../../src/rollout/simulation-flags.js';
import type { Terminal } from '../../src/terminal.js';
import { booking } from '../replay/booking.js';
import { TIME_ZONE } from './rollout-simulations.js';

const CONFIG = {
  ...{ rollout: DEFAULT_PLAN, timeZone: TIME_ZONE, heuristic: DEFAULT_HEURISTIC },
  ...{ guard: { dryRun: [], coolDownMs: 0, intervalMs: 15_000 } },
  ...{ databaseUrl: null, bookingsDatabaseUrl: null, bookingsQuery: null },
} as unknown as Config;
const TERMINAL = { progress: false, notice: () => {} } as unknown as Terminal;

let model: Model;
let folder = '';
beforeAll(async () => {
  model = await loadModel('models/delay_predictor.onnx');
  folder = mkdtempSync(join(tmpdir(), 'simulate-rollout-'));
});
afterAll(async () => {
  await model.close();
  rmSync(folder, { recursive: true });
});

async function simulate(
  flags: RolloutSimulationFlags & { readonly source?: string },
  { config = CONFIG, allowSimulated = true } = {},
): Promise<RolloutPlay> {
  const { source, ...world } = flags;
  const request = { world: rolloutWorld(world), source, onBadRow: 'fail', allowSimulated } as const;
  return await simulateRollout(request, { model, config, clock: systemClock, terminal: TERMINAL });
}

const textOf = async (play: RolloutPlay, columns = 80) =>
  rolloutPlayText(play, await terminalStyle(false, columns), TIME_ZONE);

describe('a rollout on past bookings', () => {
  it('stops a model that is worse than the heuristic, and says so', async () => {
    const play = await simulate({ scenario: 'model-worse' });
    expect(play).toMatchObject({
      ...{ outcome: 'stopped', reachedFullOnDay: null, stoppedOnDay: 6, stoppedBy: 'improvement' },
      ...{
        simulated: true,
        plan: [10, 25, 50, 100],
        bookings: 6000,
        attempts: 6000,
        failures: 0,
        excluded: {},
      },
    });
    expect(PLAY_EXIT[play.outcome]).toBe(3);
    expect(play.stoppedBecause).toMatch(/^the model's error is .* above the heuristic's \(.* is proven/);
    const text = await textOf(play);
    expect(text).toContain('! simulated: bookings and the model’s training');
    expect(text).toMatch(/^6 {4}2026-06-13 {2}0 % {6}roll back {2}improvement$/m);
    expect(text).toMatch(/^Would have stopped on day 6 because the model's error is .* above the$/m);
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('reaches 100 % in an ordinary world, after everything that the model learned from', async () => {
    const play = await simulate({ scenario: 'ordinary' });
    expect(play).toMatchObject({
      outcome: 'reached',
      reachedFullOnDay: 22,
      stoppedOnDay: null,
      excluded: {},
    });
    expect(play.startedAt! > model.manifest.data.trainedUntil!).toBe(true);
    expect(play.passedOver).toEqual(['real_model']);
    const text = await textOf(play);
    expect(text).toMatch(/^Would have reached 100 % on day 22\./m);
    expect(text).toContain('Passed over: real_model, as an operator would with --force.');
    expect(text).toContain('bookings  the simulator: ordinary, first day 2026-06-08, seed 1\n');
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('gives the same for the same seed, another for another, and begins a scenario on its day', async () => {
    const flags = { scenario: 'model-worse', days: '40', bookingsPerDay: '60' };
    const one = await simulate({ ...flags, seed: '7', scenarioDay: '10' });
    expect(await simulate({ ...flags, seed: '7', scenarioDay: '10' })).toEqual(one);
    expect(one.source.name).toContain('model-worse from day 10, first day 2026-06-08, seed 7');
    expect(one.stoppedOnDay).toBeGreaterThan(10);
    expect((await simulate({ ...flags, seed: '8' })).stoppedBecause).not.toBe(one.stoppedBecause);
  });

  it('plays the shipped bookings that the model did not learn from, and stops where it may not go on', async () => {
    const play = await simulate({}, { allowSimulated: false });
    expect(play).toMatchObject({
      ...{ outcome: 'stopped', stoppedBy: 'real_model', bookings: 750, days: 28 },
      ...{ excluded: { seen_in_training: 4250 }, passedOver: [] },
    });
    expect(await textOf(play)).toContain('Left out: 4,250 bookings seen in training');
  });

  it('is undecided where the bookings end early, and says what is missing', async () => {
    const play = await simulate({ scenario: 'ordinary', days: '10' });
    expect([play.outcome, PLAY_EXIT[play.outcome]]).toEqual(['undecided', 7]);
    const text = await textOf(play);
    expect(text).toMatch(/^Undecided: the bookings end on day 10, at 25 %\.\n- the step lasts/m);
  });

  it('plays nothing where no booking is scored', async () => {
    const file = join(folder, 'old.csv');
    writeFileSync(
      file,
      'id,scheduled_time,distance_meters,actual_delay_minutes\n1,2026-02-02T10:00:00Z,4000,3\n',
    );
    const play = await simulate({ source: file });
    expect(play).toMatchObject({ outcome: 'undecided', days: 0, events: [], startedAt: null, bookings: 0 });
    expect(play.assessment.decision).toBe('wait');
    expect(await textOf(play)).toMatch(/^No booking was scored\n(.*\n)*Undecided: nothing was played\.\n/);
  });

  it('says that the plan allows nothing on the days of the bookings', async () => {
    const plan = { ...DEFAULT_PLAN, freezes: [{ from: '2026-01-01', to: '2026-12-31' }] };
    const config = { ...CONFIG, rollout: plan };
    await expect(simulate({}, { config })).rejects.toThrow('The plan allows no traffic to be raised');
  });

  it.each([
    [{ days: '30' }, '--days is of the simulator'],
    [{ seed: '3' }, '--seed is of the simulator'],
    [{ scenario: 'flood' }, 'There is no scenario "flood"'],
    [{ scenario: 'ordinary', scenarioDay: '3' }, '--scenario-day says when a scenario starts'],
    [{ scenario: 'ordinary', bookingsPerDay: '0' }, '--bookings-per-day is "0"'],
    [{ scenario: 'snow-week', scenarioDay: '61' }, '--scenario-day is "61"'],
  ])('refuses %j', (flags, message) => {
    expect(() => rolloutWorld(flags)).toThrow(message);
  });
});

describe('the days of a play', () => {
  const on = (iso: string, changes: Partial<Booking> = {}) =>
    booking({ scheduled: localTime(Date.parse(iso), TIME_ZONE), ...changes });
  const scored = (iso: string, model: number, heuristic: number, actual: number) => ({
    ...{ booking: { ...on(iso), actualDelayMinutes: actual } },
    ...{ modelMinutes: model, heuristicMinutes: heuristic },
  });

  it('are local, hold the sums of both arms, and count who was asked in vain', () => {
    const days = dayCollector(TIME_ZONE);
    // 23:30 UTC is the next day in Zurich.
    days.addScored(scored('2026-06-08T23:30:00Z', 6, 2, 10));
    days.addScored(scored('2026-06-09T10:00:00Z', 3, 2, 1));
    days.addLeftOut(on('2026-06-09T11:00:00Z', { simulated: true }), 'not_settled');
    days.addLeftOut(on('2026-06-09T09:00:00Z'), 'model_failed');
    days.addLeftOut(on('2026-06-09T09:30:00Z'), 'acted_on');
    days.addLeftOut(on('2026-06-09T09:40:00Z'), 'status_not_completed');
    // Before the first and after the last attempt.
    days.addLeftOut(on('2026-06-01T09:00:00Z'), 'not_settled');
    days.addLeftOut(on('2026-06-01T09:00:00Z'), 'seen_in_training');
    days.addLeftOut(on('2026-06-20T09:00:00Z'), 'not_settled');
    days.addLeftOut(on('2026-06-09T09:00:00Z', { scheduled: null }), 'may_be_seen_in_training');
    expect(days.days()).toEqual([
      {
        figures: {
          ...{ dayNumber: 20613, asked: 3, settled: 2, e: 6, h: 9, ee: 20, hh: 65, eh: 34 },
          ...{ actual: 11, actualSquares: 101, foreseen: 1, simulated: 1 },
        },
        attempts: [false, true, false, false],
        misses: [false, false],
      },
    ]);
  });
});
