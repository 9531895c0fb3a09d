import { describe, expect, it } from 'vitest';
import type { Booking } from '../../src/booking/booking.js';
import { systemClock } from '../../src/clock.js';
import { DEFAULT_HEURISTIC } from '../../src/model/heuristic.js';
import type { Model } from '../../src/model/model.js';
import { assess, IS_IT_BETTER, type Question } from '../../src/replay/assess.js';
import { replayPower } from '../../src/replay/power.js';
import { replay } from '../../src/replay/replay.js';
import { ALL, manifest, modelOf, rides, stream } from './rides.js';

const exact = modelOf((km) => km + 0.5);

async function run(bookings: readonly Booking[], model: Model, against: Model | null = null) {
  return replay(stream(bookings), { model, against, heuristic: DEFAULT_HEURISTIC, clock: systemClock }, ALL);
}

async function judge(question: Partial<Question>, model = exact, count = 160) {
  const replayed = await run(rides(count), model);
  return assess(replayed, manifest(true), 1, { ...IS_IT_BETTER, ...question });
}

describe('the question', () => {
  it('asks for a least improvement', async () => {
    // |0.5| against 1.125 on average: some −56 %.
    expect(await judge({ minImprovement: 0.3 })).toMatchObject({ verdict: 'better', needed: null });
    const more = await judge({ minImprovement: 0.56 });
    expect(more.verdict).toBe('undecided');
    expect(more.needed).toBeGreaterThan(160);
  });

  it('asks whether it is no worse than by a margin', async () => {
    expect((await judge({ margin: 0.05 })).notWorse).toBe('pass');
    const worse = modelOf((km) => km + 4);
    expect((await judge({ margin: 0.05 }, worse)).notWorse).toBe('fail');
    expect((await judge({ margin: 4 }, worse)).notWorse).toBe('pass');
    expect((await judge({}, worse)).notWorse).toBe(null);
  });

  it('lets whole days or drivers decide, and refuses where there are too few', async () => {
    const byDay = await judge({ by: 'day' });
    expect(byDay.improvement.dimensions.map(({ name }) => name)).toEqual(['booking', 'day']);
    const byDriver = await judge({ by: 'driver' });
    expect(byDriver.improvement.dimensions.map(({ name }) => name)).toEqual(['booking', 'driver']);
    const threeDays = rides(160).filter(({ scheduled }) => scheduled!.dayNumber % 13 === 0);
    const few = assess(await run(threeDays, exact), manifest(true), 1, { ...IS_IT_BETTER, by: 'day' });
    expect(few).toMatchObject({ verdict: 'undecided', improvement: { value: null } });
    expect(few.insufficient).toMatch(/^\d of at least 8 clusters by day$/);
    expect(few.arms.model?.intervals).toMatchObject({ mae: null, bias: null });
    expect(few.gates.find(({ name }) => name === 'mae')).toMatchObject({
      value: null,
      result: 'insufficient',
    });
    expect(assess(await run(threeDays, exact), manifest(true), 1).verdict).not.toBe('undecided');
  });
});

describe('one model against another', () => {
  it('puts the other in the place of the heuristic', async () => {
    const other = { ...modelOf((km) => km + 2), manifest: { ...manifest(true), name: 'other' } };
    const replayed = await run(rides(160), exact, other);
    const result = assess(replayed, exact.manifest, 1, IS_IT_BETTER, other.manifest);
    expect(result).toMatchObject({
      verdict: 'undecided',
      model: { name: 'line' },
      against: { name: 'other' },
      arms: { model: { mae: 0.5 }, heuristic: null, against: { mae: 2 } },
    });
  });

  it('scores nothing that either learned from, or that the other cannot answer', async () => {
    const data = { ...manifest(true).data, trainedUntil: '2026-03-10T23:00:00.000Z' };
    const learned = { ...modelOf((km) => km + 2), manifest: { ...manifest(true), data } };
    expect((await run(rides(80), exact, learned)).excluded.seen_in_training).toBeGreaterThan(10);
    const failing = modelOf((km) => (km === 3 ? Number.NaN : km));
    expect(await run(rides(80), exact, failing)).toMatchObject({
      failures: 0,
      excluded: { against_failed: 10 },
    });
  });
});

describe('what a verdict still needs', () => {
  it('is what the interval says where that is wider than planning assumes', async () => {
    const replayed = await run(rides(160), exact);
    const ends = { lower: -0.3, upper: 0.1 };
    const wide = { kind: 'estimated', value: -0.1, interval: ends, bounds: ends, method: 'bca' } as const;
    const asked = { undecided: true, ratio: 1 };
    const planned = replayPower(replayed, { ...asked, improvement: { kind: 'insufficient', reason: '' } });
    expect(planned.needed).toBeLessThan(160);
    // Bounds at 0.2 from the value: a standard error of 0.2 / 1.645, to be (1.96 + 0.842) times into 0.1.
    const needed = 160 * ((1.959964 + 0.841621) * (2 / 1.644854)) ** 2;
    expect(replayPower(replayed, { ...asked, improvement: wide }).needed).toBe(Math.ceil(needed));
  });
});

describe('what a gate still needs', () => {
  it('is told while it is undecided', async () => {
    const { gates } = await judge(
      {},
      modelOf((km) => km + (km > 4 ? 1.1 : 0.45)),
      40,
    );
    const needs = Object.fromEntries(gates.map(({ name, needed }) => [name, needed]));
    expect(needs.prediction_time_p95).toBe(59);
    expect(needs.improvement_target).toBeGreaterThan(40);
    expect(needs.mae).toBe(null);
  });
});
