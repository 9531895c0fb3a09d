import { describe, expect, it } from 'vitest';
import { type DayFigures, emptyDay } from '../../src/rollout/day-figures.js';
import { NO_EVIDENCE, type StepEvidence } from '../../src/rollout/evidence.js';
import {
  GATE_DEFAULTS,
  type GateName,
  gateText,
  PLAN_GATES,
  parseGate,
} from '../../src/rollout/gate-spec.js';
import { blocks, decideRolloutGate, type RolloutGate } from '../../src/rollout/gates.js';
import { meanSequence, NO_VALUES, withValue } from '../../src/statistics/asymptotic-sequence.js';

/** `bookings` rides of a day, half of them a minute worse and half a minute better than `e` and `h` for both arms. */
function day(dayNumber: number, e: number, h: number, bookings = 100): DayFigures {
  const squares = (mean: number) => bookings * (mean ** 2 + 1);
  return {
    ...emptyDay(dayNumber),
    ...{ asked: bookings, settled: bookings, e: bookings * e, h: bookings * h },
    ...{ ee: squares(e), hh: squares(h), eh: bookings * (e * h + 1) },
    // Delays of 0 and 12 min: their variance is 36.
    ...{ actual: bookings * 6, actualSquares: bookings * 72, foreseen: bookings / 10 },
  };
}

/** Days whose errors go up and down by 0.1 min about the means. */
function days(count: number, e: number, h: number, firstDay = 100): DayFigures[] {
  return Array.from({ length: count }, (_, i) => day(firstDay + i, e + (i % 2 === 0 ? 0.1 : -0.1), h));
}

function decide(
  name: GateName,
  evidence: Partial<StepEvidence>,
  { percentage = 25, modelSimulated = false }: { percentage?: number; modelSimulated?: boolean | null } = {},
): RolloutGate {
  const subject = { evidence: { ...NO_EVIDENCE, ...evidence }, percentage, modelSimulated };
  return decideRolloutGate(GATE_DEFAULTS[name], subject);
}

const result = (...given: Parameters<typeof decide>) => decide(...given).result;

describe('the gates of a step', () => {
  it('mae: below 2.5 min is proven, above is proven, or neither', () => {
    const gate = decide('mae', { days: days(8, 2, 3) });
    expect(gate.value).toBeCloseTo(2, 10);
    expect(gate).toMatchObject({ result: 'pass', needed: null, reason: null, pointMeetsTarget: true });
    expect(result('mae', { days: days(8, 3, 3) })).toBe('fail');
    const near = decide('mae', { days: days(8, 2.45, 3) });
    expect(near).toMatchObject({ result: 'insufficient', pointMeetsTarget: true });
    expect(near.needed).toBeGreaterThan(800);
    expect(decide('mae', { days: days(4, 2, 3) })).toMatchObject({
      result: 'insufficient',
      reason: '4 of at least 5 days with 10 settled bookings',
      value: null,
    });
  });

  it('a day of fewer than 10 bookings joins the next', () => {
    const small = Array.from({ length: 10 }, (_, i) => day(i, 2, 3, 6));
    expect(decide('mae', { days: small }).value).toBeCloseTo(2, 10);
    expect(decide('mae', { days: small.slice(0, 9) }).reason).toBe(
      '4 of at least 5 days with 10 settled bookings',
    );
  });

  it('improvement: by the paired difference, shown as a share of the heuristic’s error', () => {
    const better = decide('improvement', { days: days(8, 2, 3) });
    expect(better.value).toBeCloseTo(2 / 3 - 1, 10);
    expect(better.result).toBe('pass');
    expect(result('improvement', { days: days(8, 3.5, 3) })).toBe('fail');
    expect(result('improvement', { days: days(8, 3, 3) })).toBe('insufficient');
    expect(decide('improvement', { days: days(8, 0, 0) }).reason).toBe('the heuristic made no error');
  });

  it('improvement_target: 32 % less', () => {
    const gate = decide('improvement_target', { days: days(8, 1.5, 3) });
    expect([gate.value, gate.result]).toEqual([expect.closeTo(-0.5, 10), 'pass']);
    expect(result('improvement_target', { days: days(8, 2.6, 3) })).toBe('fail');
    expect(result('improvement_target', { days: days(8, 3 * 0.68, 3) })).toBe('insufficient');
  });

  it('r2: from squared errors and the variance of the delays', () => {
    // e² is 1 + 2² and 0.1² on average, of a variance of 36.
    const gate = decide('r2', { days: days(8, 2, 3) });
    expect([gate.value, gate.result]).toEqual([expect.closeTo(1 - 5.01 / 36, 10), 'pass']);
    expect(result('r2', { days: days(8, 5, 5) })).toBe('fail');
    // 0.68 of 36 leaves 11.52.
    expect(result('r2', { days: days(8, Math.sqrt(10.51), 5) })).toBe('insufficient');
    const still = days(8, 2, 3).map((one) => ({ ...one, actual: 0, actualSquares: 0 }));
    expect(decide('r2', { days: still }).reason).toBe('all outcomes are equal');
    expect(decide('r2', { days: days(6, 2, 3) })).toMatchObject({
      ...{ result: 'insufficient', value: null, reason: '6 of at least 7 values' },
    });
  });

  it('r2: each day weighs the same in the bounds, whatever its bookings', () => {
    // 1 − R² is the mean squared error in variances of the delays, which are 36 on each of these days.
    const some = [20, 400, 40, 10, 100, 30, 80].map((bookings, i) => day(i, 1 + i / 4, 3, bookings));
    const unexplained = meanSequence(
      some.reduce((so, { ee, settled }) => withValue(so, ee / settled / 36), NO_VALUES),
    );
    if (unexplained.kind === 'insufficient') throw new Error(unexplained.reason);
    const { lower, upper } = unexplained.bounds;
    const gate = decide('r2', { days: some });
    expect([gate.lower, gate.upper]).toEqual([expect.closeTo(1 - upper, 8), expect.closeTo(1 - lower, 8)]);
  });

  it('stable: the rise against the days before', () => {
    const earlier = days(8, 2, 3, 50);
    const same = decide('stable', { earlier, days: days(8, 2, 3) });
    expect([same.value, same.result]).toEqual([expect.closeTo(0, 10), 'pass']);
    const risen = decide('stable', { earlier, days: days(8, 2.6, 3) });
    expect([risen.value, risen.result]).toEqual([expect.closeTo(0.3, 2), 'fail']);
    expect(result('stable', { earlier, days: days(8, 2.3, 3) })).toBe('insufficient');
    expect(decide('stable', { earlier: days(6, 2, 3, 50), days: days(8, 2, 3) }).reason).toBe(
      '8 days against 6 before; 7 of each are needed',
    );
  });

  it('stable: a harder week, which the heuristic feels as well, is no fault of the model’s', () => {
    const wave = (i: number) => [-1, -0.4, 0.2, 1, 0.6, -0.5, 0.1][i % 7]!;
    const week = (first: number, harder: number) =>
      Array.from({ length: 7 }, (_, i) => day(first + i, 2 + wave(i) + harder, 3 + wave(i) + harder));
    const gate = decide('stable', { earlier: week(50, 0), days: week(100, 0.5) });
    expect(gate.value).toBeCloseTo(0, 1);
    expect(gate.result).not.toBe('fail');
  });

  it('roi: the return at the share of the step', () => {
    const evidence = { days: days(8, 1, 3) };
    const [at10, at25, at100] = [10, 25, 100].map((percentage) => decide('roi', evidence, { percentage }));
    expect(at25?.result).toBe('pass');
    // The return on what is spent grows with the share: (gains − costs) / costs.
    expect(at100!.value! + 1).toBeCloseTo(4 * (at25!.value! + 1), 8);
    expect(at10!.value! + 1).toBeCloseTo(0.4 * (at25!.value! + 1), 8);
    // 45,000 bookings a year: CHF 75,000 for two minutes, 90,000 for a tenth foreseen, 112,500 assumed; it costs 12,260.
    expect(at100?.value).toBeCloseTo((277_500 - 12_260) / 12_260, 8);
    const saves = days(8, 1, 3).map((one) => ({ ...one, foreseen: 0 }));
    const withoutForeseen = decide('roi', { days: saves }, { percentage: 100 });
    expect(withoutForeseen.value).toBeCloseTo((187_500 - 12_260) / 12_260, 8);
    expect(withoutForeseen.result).toBe('pass');
    const foreseesNothing = days(8, 3.5, 3).map((one) => ({ ...one, foreseen: 0 }));
    expect(result('roi', { days: foreseesNothing })).toBe('fail');
    expect(result('roi', { days: days(4, 1, 3) })).toBe('insufficient');
  });

  it('roi: goes by all days of the model since the rollout began; what is needed counts those of the step', () => {
    const few = (from: number) => days(7, 2.3, 3, from).map((one) => ({ ...one, foreseen: 2.5 }));
    const alone = decide('roi', { days: few(107) });
    expect(alone.result).toBe('insufficient');
    expect(decide('roi', { days: few(107), earlier: few(100) }).result).toBe('pass');
    const twoDays = { days: few(105).slice(0, 2), earlier: few(98) };
    expect(decide('roi', twoDays).needed).toBeLessThan(alone.needed! - 500);
  });

  it('failure_rate: below 20 % is proven, above is proven, or neither', () => {
    const failures = (successes: number, trials: number) => ({ failures: { successes, trials } });
    expect(result('failure_rate', failures(2, 200))).toBe('pass');
    expect(result('failure_rate', failures(80, 200))).toBe('fail');
    expect(result('failure_rate', failures(0, 8))).toBe('insufficient');
    expect(decide('failure_rate', failures(0, 0)).reason).toBe('there are no trials');
  });

  it('prediction_time_p95: below a second where under 5 % are proven to take longer', () => {
    const times = (successes: number, trials: number, predictionTimeP95Ms: number | null) => {
      return { slow: { successes, trials }, predictionTimeP95Ms };
    };
    expect(decide('prediction_time_p95', times(0, 200, 40))).toMatchObject({
      ...{ result: 'pass', value: 40, upper: 40 },
    });
    expect(result('prediction_time_p95', times(60, 200, 3000))).toBe('fail');
    expect(decide('prediction_time_p95', times(0, 30, 40))).toMatchObject({
      ...{ result: 'insufficient', upper: null },
    });
    expect(decide('prediction_time_p95', times(0, 0, null)).reason).toBe('no prediction was timed');
    expect(decide('prediction_time_p95', times(0, 0, 40))).toMatchObject({
      ...{ result: 'insufficient', value: null, reason: 'there are no trials' },
    });
    // One in twenty is the limit itself: of that a sample proves neither side.
    expect(decide('prediction_time_p95', times(50, 1000, 1000))).toMatchObject({
      ...{ result: 'insufficient', lower: 0, upper: null, needed: null },
    });
    expect(decide('prediction_time_p95', times(400, 1000, 3000))).toMatchObject({ lower: 1000, upper: null });
    // A percentile that was rounded up to a second or more does not outdo the count.
    for (const rounded of [999, 1000, 1040]) {
      expect(decide('prediction_time_p95', times(2, 400, rounded))).toMatchObject({
        ...{ result: 'pass', value: rounded, lower: 0, upper: 999 },
      });
    }
  });

  it('crashes: a count is what it is', () => {
    expect(result('crashes', { crashes: 0 })).toBe('pass');
    expect(result('crashes', { crashes: 1 })).toBe('fail');
    expect(decide('crashes', { crashes: 3 })).toMatchObject({ value: 3, lower: 3, upper: 3, reason: null });
    expect(decide('crashes', {})).toMatchObject({
      ...{ result: 'insufficient', value: null, needed: null },
      reason: 'no server’s heartbeat was seen since the step began',
    });
  });

  it('real_model: one that learned from real bookings', () => {
    expect(result('real_model', {})).toBe('pass');
    expect(result('real_model', {}, { modelSimulated: true })).toBe('fail');
    expect(decide('real_model', {}, { modelSimulated: null })).toMatchObject({
      ...{ result: 'insufficient', needed: null, reason: 'nobody knows what it learned from' },
    });
  });

  it.each([
    ['mae', 800, { days: days(8, 2.45, 3) }],
    ['improvement', 800, { days: days(8, 2.99, 3) }],
    ['improvement_target', 800, { days: days(8, 2.03, 3) }],
    ['r2', 800, { days: days(8, Math.sqrt(10.6), 5) }],
    ['stable', 800, { days: days(8, 2.25, 3), earlier: days(9, 2, 3, 50) }],
    ['roi', 700, { days: days(7, 2.3, 3).map((one) => ({ ...one, foreseen: 2.5 })) }],
    // Attempts, not bookings.
    ['failure_rate', 90, { days: days(8, 2, 3), failures: { successes: 15, trials: 90 } }],
  ] as const)(
    '%s: needs as much as brings the bound to the target in 80 %% of samples',
    (name, count, evidence) => {
      const { result, needed, value, lower, upper, target } = decide(name, evidence);
      expect(result).toBe('insufficient');
      // The distance of a bound shrinks with the root of the count; 1.6449 and 0.8416 are the normal 95 % and 80 % points.
      const error = (upper! - lower!) / 2 / 1.6448536;
      const expected = count * (((1.6448536 + 0.8416212) * error) / (value! - target)) ** 2;
      expect(expected).toBeGreaterThan(count + 1);
      expect(Math.abs(needed! / expected - 1)).toBeLessThan(1e-5 + 1 / expected);
    },
  );

  it('roi: needs as many bookings however the days are parted into earlier and present ones', () => {
    const all = days(9, 2.3, 3).map((one) => ({ ...one, foreseen: 2 }));
    const { needed, result } = decide('roi', { days: all });
    expect(result).toBe('insufficient');
    for (const earlier of [1, 4, 8]) {
      const parted = { earlier: all.slice(0, earlier), days: all.slice(earlier) };
      expect(decide('roi', parted).needed).toBe(needed! - 100 * earlier);
    }
  });

  it('mae: earlier days neither count nor spare a booking', () => {
    const evidence = { days: days(8, 2.45, 3) };
    expect(decide('mae', { ...evidence, earlier: days(9, 1, 3, 50) })).toEqual(decide('mae', evidence));
  });

  it('does not tell how many are needed where the value is the target: no number of them would do', () => {
    const flat = Array.from({ length: 8 }, (_, i) => day(i, 2.5, 3));
    expect(decide('mae', { days: flat })).toMatchObject({ value: 2.5, result: 'insufficient', needed: null });
    const failures = { successes: 20, trials: 100 };
    expect(decide('failure_rate', { failures })).toMatchObject({ value: 0.2, needed: null });
    const evidence = { ...NO_EVIDENCE, days: days(8, 2.3, 3), earlier: days(8, 2.3, 3, 50) };
    const subject = { evidence, percentage: 25, modelSimulated: false };
    const { value } = decideRolloutGate(GATE_DEFAULTS.roi, subject);
    expect(decideRolloutGate({ ...GATE_DEFAULTS.roi, value: value! }, subject)).toMatchObject({
      ...{ result: 'insufficient', needed: null },
    });
  });

  it('decides nothing on less than 80 % of the bookings due, however good they are', () => {
    const known = (share: number) => days(8, 1, 3).map((one) => ({ ...one, asked: one.settled / share }));
    for (const name of ['mae', 'improvement', 'improvement_target', 'r2', 'stable', 'roi'] as const) {
      const earlier = days(8, 1, 3, 50);
      const few = decide(name, { days: known(0.79), earlier });
      expect([few.result, few.reason]).toEqual([
        'insufficient',
        'outcomes are known for 79 % of the bookings due; 80 % are needed',
      ]);
      expect(result(name, { days: known(0.8), earlier })).toBe('pass');
      expect(decide(name, {}).reason).toBe('no booking of a whole day is due yet');
    }
  });

  it('blocks where it fails, and where it has to pass and does not', () => {
    const gate = decide('mae', {});
    expect(blocks({ ...gate, required: true, result: 'insufficient' })).toBe(true);
    expect(blocks({ ...gate, required: false, result: 'insufficient' })).toBe(false);
    expect(blocks({ ...gate, required: false, result: 'fail' })).toBe(true);
    expect(blocks({ ...gate, required: true, result: 'pass' })).toBe(false);
  });
});

describe('a gate in a plan', () => {
  it('is read back from its own text', () => {
    for (const name of PLAN_GATES)
      expect(parseGate(gateText(GATE_DEFAULTS[name]))).toEqual(GATE_DEFAULTS[name]);
  });

  it.each([
    ['mae', 2.5],
    [' mae < 2.2 ', 2.2],
    ['mae<2', 2],
    ['roi > 300 %', 3],
    ['improvement < -5%', -0.05],
    ['improvement < −5 %', -0.05],
    ['stable < 0.2', 0.2],
    // All of it, as a fraction.
    ['stable < 1', 1],
    ['improvement < -1', -1],
    ['r2 > 0.7', 0.7],
    ['prediction_time_p95 < 1000', 1000],
  ])('reads %j', (text, value) => {
    expect(parseGate(text)).toMatchObject({ value, required: true });
  });

  it.each([
    ['', 'is no gate'],
    ['mea', '"mea" is no gate; expected failure_rate, mae, improvement, improvement_target, r2, prediction'],
    ['stable < 1.01', 'has no unit; expected stable < 1.01 %'],
    ['real_model', 'is no gate'],
    ['constructor', 'is no gate'],
    ['__proto__', 'is no gate'],
    ['mae < 2.2 or so', 'is no gate'],
    ['mae < 2,2', 'is no gate'],
    ['mae < 1e3', 'is no gate'],
    ['mae < NaN', 'is no gate'],
    ['mae <', 'is no gate'],
    ['mae\n<\n2; DROP TABLE flag', 'is no gate'],
    ['m\u0430e', 'is no gate'],
    ['mae < 99999999999999999999999999999999999999999999999999999999x', 'is no gate'],
    ['mae > 2', 'asks for the wrong side; expected mae < …'],
    ['r2 < 0.5', 'asks for the wrong side; expected r2 > …'],
    ['prediction_time_p95 < 500', 'cannot be decided'],
    ['failure_rate < 20', 'has no unit; expected failure_rate < 20 %, or a fraction up to 1'],
    ['improvement < -10', 'has no unit'],
    ['roi > 300', 'has no unit'],
  ])('refuses %j', (text, why) => {
    expect(parseGate(text)).toContain(why);
  });
});
