import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/analysis/analyse.js';
import type { Cause } from '../../src/analysis/causes/cause.js';
import { causesOf } from '../../src/analysis/causes.js';
import { systemClock } from '../../src/clock.js';
import { replayedRows } from '../../src/error-analysis/replayed-rows.js';
import { DEFAULT_HEURISTIC } from '../../src/model/heuristic.js';
import { loadModel } from '../../src/model/load.js';
import type { ScenarioName } from '../../src/simulator/scenario.js';
import { simulateBookings } from '../../src/simulator/simulate.js';
import { collected } from '../error-analysis/collected.js';

/** The shipped model, and 60 days after those that it learned from. */
const model = await loadModel('models/delay_predictor.onnx');
const PERIOD = { bookings: 1650, from: '2026-08-01', days: 60, unsettledPercent: 0 };
const ALL = { window: { fromMs: null, untilMs: null }, baseline: null };
const START = 30;
const START_LABEL = '2026-08-31';

async function causes(seed: number, name: ScenarioName | null): Promise<Cause[]> {
  const scenario = name === null ? null : { name, day: START };
  const simulated = simulateBookings({ ...PERIOD, seed, scenario });
  const bookings = [...simulated].map(({ booking }) => booking);
  const arms = { model, heuristic: DEFAULT_HEURISTIC, clock: systemClock };
  const { rows, sinks } = collected();
  const { asked } = await replayedRows([bookings], arms, ALL, sinks);
  return causesOf(
    analyse({ rows, asked, baseline: null, manifest: model.manifest, seed: 1 }),
    ' --source rides.csv',
  );
}

describe('the analysis of simulated rides', () => {
  test.each([2, 3, 4])('finds nothing where nothing happened (seed %i)', async (seed) => {
    expect(await causes(seed, null)).toEqual([]);
  });

  const SCENARIOS: [ScenarioName, Cause['name']][] = [
    ['snow-week', 'severe-weather'],
    ['new-drivers', 'new-drivers'],
    ['sensor-fault', 'input-fault'],
    ['demand-surge', 'demand-surge'],
    ['model-worse', 'model-outdated'],
  ];

  test.each(SCENARIOS)('names the cause of %s first: %s', async (scenario, cause) => {
    expect((await causes(3, scenario))[0]?.name).toBe(cause);
  });

  test('says since when, by how much, and what to do next', async () => {
    const [surge] = await causes(2, 'demand-surge');
    expect(surge?.sentence).toMatch(
      /^Rides come later than predicted since 2026-(08-(29|30|31)|09-0[12]), with [12]\.\d times/,
    );
    expect(surge?.nextCommand).toMatch(/^atmr-ml ab-test --source rides\.csv --from 2026-/);
    expect(surge!.minutes).toBeGreaterThan(1);
    const [worse] = await causes(2, 'model-worse');
    expect(worse?.sentence).toContain(`since ${START_LABEL}`);
    const [fault] = await causes(2, 'sensor-fault');
    expect(fault?.sentence).toMatch(/distance_/);
  });
});
