import { describe, expect, it } from 'vitest';
import type { Booking } from '../../src/booking/booking.js';
import { systemClock } from '../../src/clock.js';
import { AtmrError } from '../../src/errors.js';
import { DEFAULT_HEURISTIC } from '../../src/model/heuristic.js';
import type { Model } from '../../src/model/model.js';
import { assess } from '../../src/replay/assess.js';
import { type ReplayRequest, replay } from '../../src/replay/replay.js';
import { booking } from './booking.js';
import { ALL, manifest, modelOf, rides, stream } from './rides.js';

function run(bookings: readonly Booking[], model: Model, changes: Partial<ReplayRequest> = {}) {
  return replay(
    stream(bookings),
    { model, heuristic: DEFAULT_HEURISTIC, clock: systemClock },
    { ...ALL, ...changes },
  );
}

describe('replay', () => {
  it('scores both arms on the same bookings', async () => {
    const replayed = await run(
      rides(2500),
      modelOf((km) => km + (km > 4 ? 0.5 : -0.25)),
    );
    expect(replayed.scores.n).toBe(2500);
    expect(replayed).toMatchObject({
      attempts: 2500,
      failures: 0,
      inWindow: 2500,
      settled: 2500,
      excluded: {},
    });
    const { arms, verdict, improvement } = assess(replayed, manifest(true), 1);
    expect(arms.model?.mae).toBeCloseTo((4 * 0.25 + 4 * 0.5) / 8, 2);
    // |3 + km/2 − km| = |3 − km/2|: 2.5, 2, 1.5, 1, 0.5, 0, 0.5, 1 on average 1.125.
    expect(arms.heuristic?.mae).toBeCloseTo(1.125, 2);
    expect(verdict).toBe('better');
    expect(improvement.value).toBeCloseTo(0.375 / 1.125 - 1, 2);
    expect(improvement.upper).toBeLessThan(0);
  });

  it('has intervals of the shares from counts, and a rank test', async () => {
    const replayed = await run(
      rides(160),
      modelOf((km) => km + 0.5),
    );
    const { arms, wilcoxon } = assess(replayed, manifest(true), 1);
    // 160 of 160: the lower end of Clopper and Pearson is 0.025^(1/160).
    expect(arms.model?.intervals.accuracy).toEqual([expect.closeTo(0.025 ** (1 / 160), 10), 1]);
    expect(Object.keys(arms.model?.intervals ?? {}).sort()).toEqual(
      ['accuracy', 'bias', 'latePrecision', 'lateRecall', 'mae', 'missRate', 'r2', 'rmse'].sort(),
    );
    // |0.5| − |3 − km/2| by km: −2, −1.5, −1, −0.5, 0, 0.5, 0, −0.5.
    expect(wilcoxon).toMatchObject({ hodgesLehmannMinutes: expect.closeTo(-0.5, 10) });
    expect(wilcoxon!.pValue).toBeLessThan(1e-6);
    expect(wilcoxon!.rankBiserial).toBeLessThan(-0.7);
  });

  it('keeps the intervals of shares beyond the answers that it keeps', async () => {
    const replayed = await run(
      rides(100_001),
      modelOf((km) => km + 0.5),
    );
    const { arms, wilcoxon } = assess(replayed, manifest(true), 1);
    expect(wilcoxon).toBe(null);
    expect(Object.keys(arms.heuristic?.intervals ?? {}).sort()).toEqual(
      ['accuracy', 'latePrecision', 'lateRecall', 'mae', 'missRate'].sort(),
    );
  });

  it('calls a worse model worse', async () => {
    const replayed = await run(
      rides(400),
      modelOf((km) => km + 4),
    );
    expect(assess(replayed, manifest(true), 1)).toMatchObject({ verdict: 'worse', needed: null });
  });

  it('counts a result that is no number as a failure, and scores neither arm on it', async () => {
    const replayed = await run(
      rides(80),
      modelOf((km) => (km === 3 ? Number.POSITIVE_INFINITY : km)),
    );
    expect(replayed).toMatchObject({ attempts: 80, failures: 10, excluded: { model_failed: 10 } });
    expect(replayed.scores.n).toBe(70);
    const gate = assess(replayed, manifest(true), 1).gates.find(({ name }) => name === 'failure_rate');
    expect(gate).toMatchObject({ value: 0.125, result: 'insufficient' });
  });

  it('counts a model that rejects as failed, and goes on', async () => {
    const model = modelOf((km) => km);
    const failing: Model = {
      ...model,
      predict: async (rows, count, minutes) => {
        if (rows[0] === 3) throw new AtmrError('UNAVAILABLE', 'The runtime did not answer.');
        await model.predict(rows, count, minutes);
      },
    };
    const replayed = await run(rides(80), failing);
    expect(replayed).toMatchObject({ attempts: 80, failures: 10, excluded: { model_failed: 10 } });
  });

  it('lets a bug of a runtime through', async () => {
    const broken: Model = { ...modelOf((km) => km), predict: () => Promise.reject(new TypeError('bug')) };
    await expect(run(rides(5), broken)).rejects.toThrow(TypeError);
  });

  it('counts a single answer after the deadline as failed, and one in time as its own', async () => {
    let nowMs = 0;
    const slow: Model = {
      ...modelOf((km) => km),
      predict: (rows, count, minutes) => {
        for (let i = 0; i < count; i += 1) minutes[i] = rows[i]!;
        nowMs += rows[0] === 3 ? 1000.5 : 1000;
      },
    };
    const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs };
    const replayed = await replay(
      stream(rides(1200)),
      { model: slow, heuristic: DEFAULT_HEURISTIC, clock },
      ALL,
    );
    // Every eighth of the 1000 that are asked one by one; the rest come in a batch.
    expect(replayed).toMatchObject({ attempts: 1200, failures: 125, excluded: { model_failed: 125 } });
  });

  it('counts a booking without a needed input as ineligible, never as a failure', async () => {
    const bookings = [...rides(20), booking({ id: 'x', distanceMeters: null })];
    const strict = await run(
      bookings,
      modelOf((km) => km, false),
    );
    expect(strict).toMatchObject({ attempts: 20, failures: 0, excluded: { ineligible: 1 } });
    const lenient = await run(
      bookings,
      modelOf((km) => (Number.isNaN(km) ? 5 : km)),
    );
    expect(lenient).toMatchObject({ attempts: 21, excluded: {} });
  });

  it('tells of each booking that is left out, and why', async () => {
    const bookings = [
      ...rides(3),
      booking({ id: 'open', actualDelayMinutes: null }),
      booking({ id: 'short', distanceMeters: null }),
      booking({ id: 'odd', distanceMeters: 99_000 }),
    ];
    const model = modelOf((km) => (km > 50 ? Number.NaN : km), false);
    const told: string[] = [];
    const arms = { model, heuristic: DEFAULT_HEURISTIC, clock: systemClock };
    const replayed = await replay(stream(bookings), arms, ALL, undefined, ({ id }, reason) => {
      told.push(`${id} ${reason}`);
    });
    expect(told.sort()).toEqual(['odd model_failed', 'open not_settled', 'short ineligible']);
    expect(replayed.excluded).toEqual({ model_failed: 1, not_settled: 1, ineligible: 1 });
  });

  it('replays the most recent bookings', async () => {
    const replayed = await run(
      rides(120),
      modelOf((km) => km),
      { limit: 50 },
    );
    expect(replayed.scores.n).toBe(50);
    expect(replayed.latenciesMs).toHaveLength(50);
  });

  it.each([0, 1])('has no verdict on %i bookings', async (count) => {
    const replayed = await run(
      rides(count),
      modelOf((km) => km),
    );
    const result = assess(replayed, manifest(true), 1);
    expect(result).toMatchObject({
      n: count,
      verdict: 'undecided',
      improvement: { value: null, lower: null },
    });
    expect(result.insufficient).not.toBe(null);
    expect(JSON.stringify(result)).not.toMatch(/NaN|Infinity/);
  });

  it('has no verdict where both arms agree everywhere', async () => {
    const replayed = await run(
      rides(60),
      modelOf((km) => 3 + km / 2),
    );
    const result = assess(replayed, manifest(true), 1);
    expect(result).toMatchObject({ verdict: 'undecided', needed: null });
    expect(JSON.stringify(result)).not.toMatch(/NaN|Infinity/);
  });
});
