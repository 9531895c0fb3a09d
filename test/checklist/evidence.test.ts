import { describe, expect, it } from 'vitest';
import { checklistOf } from '../../src/checklist/checklist.js';
import { observeChecks, observeFigures, observeRoi, observeTraffic } from '../../src/checklist/evidence.js';
import { LISTS } from '../../src/checklist/items.js';
import type { CheckResult } from '../../src/doctor/check.js';
import { clocks } from '../../src/doctor/clocks.js';
import { percentage } from '../../src/doctor/flag.js';
import { room } from '../../src/doctor/home.js';
import { cpu, memory, node, zone } from '../../src/doctor/machine.js';
import { cache, quota } from '../../src/doctor/weather.js';
import { unwrittenFlag } from '../../src/flag/flag.js';
import type { WindowMetrics } from '../../src/ledger/ledger.js';

describe('an item', () => {
  it.each<[readonly CheckResult[], string]>([
    [['ok', 'ok'], 'done'],
    [['ok', 'unknown'], 'unknown'],
    [['unknown', 'fail'], 'failed'],
    [['ok', 'warn'], 'failed'],
    [[], 'unknown'],
  ])('of checks %j is %s', (results, expected) => {
    const checks = results.map((result) => ({
      name: 'weather' as const,
      expected: '',
      result,
      found: result,
      remedy: null,
    }));
    expect(observeChecks(checks).result).toBe(expected);
  });

  it('that the tool checked is not decided by an answer', () => {
    const place = { list: 'before', flag: 'delays', atMs: 0 } as const;
    const yes = { list: 'before', item: 'weather', answer: 'yes', by: 'ana', note: '', atMs: 0 } as const;
    const failed = { result: 'failed', found: 'no key', remedy: null } as const;
    const answers = new Map([['weather', yes]]);
    const { items } = checklistOf(place, LISTS.before, new Map([['weather', failed]]), answers);
    const weather = items.find(({ id }) => id === 'weather');
    expect(weather).toMatchObject({ result: 'failed', basis: 'checked', answer: { by: 'ana' } });
    const unseen = checklistOf(
      place,
      LISTS.before,
      new Map([['weather', { ...failed, result: 'unknown' }]]),
      answers,
    );
    expect(unseen.items.find(({ id }) => id === 'weather')).toMatchObject({
      result: 'done',
      basis: 'answered',
    });
  });

  it('has a name of its own in each list', () => {
    for (const list of Object.values(LISTS)) expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
  });
});

describe('the flag', () => {
  const written = { revision: 3, changeId: 'c', clears: [] };
  const flag = { ...unwrittenFlag('delays'), ...written, enabled: true, percentage: 25 };

  it('is at the step or not', () => {
    expect(observeTraffic({ state: 'on', flag }, 25).result).toBe('done');
    expect(observeTraffic({ state: 'on', flag }, 100).result).toBe('failed');
    expect(observeTraffic({ state: 'on', flag }, 10)).toEqual({
      result: 'unknown',
      found: 'on at 25 %, past 10 %',
      remedy: null,
    });
    expect(observeTraffic({ state: 'forced off', flag }, 25)).toMatchObject({
      result: 'failed',
      found: 'forced off',
    });
    expect(observeTraffic({ state: 'unknown', flag: null }, 25).result).toBe('unknown');
  });

  it('begins at ten', () => {
    expect(percentage({ state: 'never written', flag: null }, null).result).toBe('ok');
    expect(percentage({ state: 'never written', flag: null }, 50).result).toBe('warn');
    expect(percentage({ state: 'on', flag }, null).result).toBe('warn');
    expect(percentage({ state: 'on', flag: { ...flag, percentage: 5 } }, 50).result).toBe('ok');
  });
});

describe('the week', () => {
  const scores = { count: 400, mae: 2, rmse: 3, r2: 0.7, bias: 0, accuracyRate: 0.8, missRate: 0.1 };
  const week = {
    traffic: { attempts: 400, failures: 4, simulated: 0, predictionTimeMs: { p50: 5, p95: 20, p99: 40 } },
    accuracy: { model: scores },
  } as unknown as WindowMetrics;
  const with_ = (traffic: object, model: object) =>
    ({
      traffic: { ...week.traffic, ...traffic },
      accuracy: { model: { ...scores, ...model } },
    }) as unknown as WindowMetrics;

  it('has figures, and within their thresholds or not', () => {
    expect(observeFigures(week, true)).toMatchObject({
      result: 'done',
      found: expect.stringContaining('MAE 2.00 min'),
    });
    for (const bad of [
      with_({}, { mae: 2.6 }),
      with_({ failures: 100 }, {}),
      with_({ predictionTimeMs: { p50: 1, p95: 1200, p99: 1300 } }, {}),
    ]) {
      expect(observeFigures(bad, true).result).toBe('failed');
      expect(observeFigures(bad, false).result).toBe('done');
    }
  });

  it('proves nothing where its bookings were made up', () => {
    const madeUp = with_({ simulated: 1 }, {});
    expect(observeFigures(madeUp, true)).toMatchObject({
      result: 'unknown',
      found: expect.stringMatching(/^simulated bookings: MAE/),
    });
    expect(observeFigures(madeUp, false).result).toBe('done');
  });

  it('says when there are too few', () => {
    expect(observeFigures(with_({}, { count: 29 }), true).result).toBe('unknown');
    expect(
      observeFigures(with_({ predictionTimeMs: null }, { count: 0, mae: null, r2: null }), false).result,
    ).toBe('unknown');
  });
});

describe('the return', () => {
  const gate = { name: 'roi_at_100', percentage: 100, target: 30, direction: 'above' } as const;
  const of = (result: 'pass' | 'fail' | 'insufficient', simulated = false) => {
    const measured = { ...gate, value: 38.6, lower: 31.2, upper: 40, pointMeetsTarget: true, result };
    return observeRoi({ gates: [measured], insufficient: null }, simulated);
  };

  it('is confirmed by its gate, and never by made-up bookings', () => {
    expect([of('pass').result, of('fail').result, of('insufficient').result]).toEqual([
      'done',
      'failed',
      'unknown',
    ]);
    expect(of('pass', true)).toEqual({
      result: 'unknown',
      found: 'simulated bookings: 3860 % [3120, 4000], assumed lines included',
      remedy: null,
    });
  });
});

describe('the machine', () => {
  it('is judged by its numbers', () => {
    expect([node('20.18.1').result, node('20.9.0').result, node('22.0.0').result]).toEqual([
      'ok',
      'fail',
      'ok',
    ]);
    expect([cpu(2, 3.9).result, cpu(2, 4).result]).toEqual(['ok', 'warn']);
    expect([memory(300, 1000).result, memory(200, 1000).result, memory(60, 1000).result]).toEqual([
      'ok',
      'warn',
      'fail',
    ]);
    const free = (freeMb: number, refusal: string | null = null) => room('/home', freeMb, refusal).result;
    expect([free(2000), free(1000), free(50), free(2000, 'EDQUOT: quota exceeded')]).toEqual([
      'ok',
      'warn',
      'fail',
      'fail',
    ]);
    expect(room('/home', 0.0625, null).found).toBe('0.1 MB free at /home');
    expect([zone('Europe/Zurich').result, zone('Europe/Bern').result]).toEqual(['ok', 'fail']);
  });

  it('and its clock by those of the stores, less half the way there', () => {
    const at = (aheadMs: number, latencyMs = 0) => clocks([{ store: 'Redis', aheadMs, latencyMs }]).result;
    expect([at(-900), at(1100), at(-5100), at(5100, 400), clocks([]).result]).toEqual([
      'ok',
      'warn',
      'fail',
      'warn',
      'unknown',
    ]);
  });

  it('and what its weather cache spares', () => {
    const of = (hits: number, calls: number) =>
      cache(
        new Map([
          ['atmr_ml_weather_cache_hits', hits],
          ['atmr_ml_weather_calls', calls],
        ]),
      );
    expect(of(90, 30)).toMatchObject({ result: 'ok', found: '75 % of 120 questions' });
    expect([of(30, 90).result, of(1, 3).result, of(0, 0).result, cache(null).result]).toEqual([
      'warn',
      'ok',
      'unknown',
      'unknown',
    ]);
  });

  it('and its calls by the quota', () => {
    expect([
      quota({ minute: 1, day: 10 }).result,
      quota({ minute: 1, day: 950 }).result,
      quota(null).result,
    ]).toEqual(['ok', 'warn', 'unknown']);
  });
});
