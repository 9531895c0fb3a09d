import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  decideGuard,
  type Exposure,
  type GuardDecision,
  type GuardSettings,
} from '../../src/guard/decide.js';
import type { Episode } from '../../src/guard/guard-store.js';
import { RULE_NAMES, type RuleName } from '../../src/guard/rule-names.js';
import { NOTHING_SEEN, type Sighting } from '../../src/guard/sighting.js';
import { type DayFigures, emptyDay } from '../../src/rollout/day-figures.js';
import { NO_EVIDENCE, type StepEvidence } from '../../src/rollout/evidence.js';
import { PHASES, type Phase, type Rollout } from '../../src/rollout/rollout.js';

const SETTINGS: GuardSettings = { dryRun: [], coolDownMs: 30 * 60_000 };
const LOOK_MS = 15_000;

function at(percentage: number, phase: Phase | null = 'collecting'): Exposure {
  return { percentage, rollout: phase === null ? null : rolloutIn(phase) };
}

function rolloutIn(phase: Phase): Rollout {
  const time = '2026-06-08T07:00:00.000Z';
  return {
    ...{ phase, step: 2, percentages: [5, 10, 25, 50, 100], event: 'start', model: null, planId: '' },
    ...{ startedAt: time, stepAt: time, baselineAt: time, phaseAt: time, stop: null, approvals: [] },
  };
}

/** Days of 100 bookings whose errors spread by a minute, with day means that go up and down by 0.1. */
function days(count: number, e: number, h: number, asked = 100): DayFigures[] {
  return Array.from({ length: count }, (_, i) => {
    const mean = e + (i % 2 === 0 ? 0.1 : -0.1);
    return {
      ...emptyDay(20_600 + i),
      ...{ asked, settled: 100, e: 100 * mean, h: 100 * h },
      ...{ ee: 100 * (mean ** 2 + 1), hh: 100 * (h ** 2 + 1), eh: 100 * (mean * h + 1) },
    };
  });
}

const evidence = (given: Partial<StepEvidence>): Partial<Sighting> => ({
  evidence: { ...NO_EVIDENCE, ...given },
});
const outcomes = (count: number, share: number): boolean[] =>
  Array.from({ length: count }, (_, i) => Math.floor((i + 1) * share) > Math.floor(i * share));
const hour = (changes: Partial<Sighting['hour']>): Partial<Sighting> => ({
  hour: { ...NOTHING_SEEN.hour, ...changes },
});
const slow = (p95: number): Partial<Sighting> => ({
  fiveMinutes: { ...NOTHING_SEEN.fiveMinutes, predictionTimeMs: { p50: 10, p95, p99: p95 } },
});
const split = (model: number, control: number, both = 0): Partial<Sighting> => ({
  assignment: { model, control, both, percentage: 25 },
});
const HOUR_MS = 3_600_000;

/** What each rule finds, what it wants then, and what is still in order. */
const CASES: Readonly<
  Record<
    RuleName,
    {
      readonly found: readonly Partial<Sighting>[];
      readonly inOrder: readonly Partial<Sighting>[];
      readonly action: string;
    }
  >
> = {
  failure_rate: {
    action: 'roll_back',
    found: [
      { attempts: outcomes(60, 0.5) },
      { attempts: [...outcomes(500, 0.01), ...outcomes(60, 0.5)] },
      { attempts: Array.from({ length: 10 }, () => true) },
    ],
    inOrder: [
      { attempts: outcomes(600, 0.1) },
      { attempts: [true, true, true] },
      // Proven once, but over by now.
      { attempts: [...outcomes(60, 0.5), ...outcomes(300, 0.01)] },
      hour({ attempts: 29, failures: 29 }),
    ],
  },
  improvement: {
    action: 'roll_back',
    found: [evidence({ days: days(8, 2.4, 2) })],
    inOrder: [
      evidence({ days: days(8, 2.02, 2) }),
      evidence({ days: days(8, 1.5, 2) }),
      evidence({ days: days(4, 2.4, 2) }),
      evidence({ days: days(8, 2.4, 2, 126) }),
    ],
  },
  prediction_time: { action: 'halve', found: [slow(2001)], inOrder: [slow(2000)] },
  mae: {
    action: 'hold',
    found: [evidence({ days: days(8, 3, 4) })],
    inOrder: [
      evidence({ days: days(8, 2.5, 4) }),
      evidence({ days: days(8, 3, 4, 126) }),
      { ...evidence({ days: days(8, 3, 4) }), acceptedDays: { mae: 20_605 } },
    ],
  },
  miss_rate: {
    action: 'hold',
    found: [{ misses: outcomes(200, 0.4) }],
    inOrder: [{ misses: outcomes(2000, 0.1) }, { misses: [true, true, true] }],
  },
  assignment: {
    action: 'hold',
    found: [split(400, 600)],
    inOrder: [
      split(250, 750),
      split(0, 0),
      split(27, 73),
      { assignment: { model: 900, control: 0, both: 0, percentage: 100 } },
      { assignment: { model: 0, control: 900, both: 0, percentage: 0 } },
    ],
  },
  both_arms: { action: 'notify', found: [split(25, 75, 1)], inOrder: [split(25, 75)] },
  drift: { action: 'hold', found: [{ drifted: ['distance_km'] }], inOrder: [{ drifted: [] }] },
  crash: { action: 'notify', found: [{ crashed: ['host-1'] }], inOrder: [{ crashed: [] }] },
  uptime: { action: 'notify', found: [{ uptime: 0.9989 }], inOrder: [{ uptime: 0.999 }, { uptime: null }] },
  silence: {
    action: 'notify',
    found: [
      { nowMs: 2 * HOUR_MS, lastRequestMs: HOUR_MS, requestsWeekAgo: 5 },
      { nowMs: 14 * HOUR_MS, lastRequestMs: HOUR_MS, requestsWeekAgo: 0 },
    ],
    inOrder: [
      { nowMs: 2 * HOUR_MS, lastRequestMs: HOUR_MS, requestsWeekAgo: 4 },
      { nowMs: 14 * HOUR_MS, lastRequestMs: HOUR_MS, ...hour({ requests: 1 }) },
      { nowMs: 14 * HOUR_MS, lastRequestMs: null, requestsWeekAgo: 5 },
      { nowMs: 200 * HOUR_MS, lastRequestMs: HOUR_MS, requestsWeekAgo: 5 },
    ],
  },
  outcomes: {
    action: 'notify',
    found: [evidence({ days: days(8, 1, 2, 126) })],
    inOrder: [evidence({ days: days(8, 1, 2, 125) }), {}],
  },
  weather: {
    action: 'notify',
    found: [
      hour({ requests: 100, weatherDefaults: 11 }),
      {
        ...hour({ requests: 100, weatherDefaults: 3 }),
        fiveMinutes: { ...NOTHING_SEEN.fiveMinutes, weatherDefaults: 3 },
      },
    ],
    inOrder: [hour({ requests: 100, weatherDefaults: 10 }), {}],
  },
  ineligible: {
    action: 'notify',
    found: [hour({ requests: 30, ineligible: 4 })],
    inOrder: [hour({ requests: 30, ineligible: 3 }), hour({ requests: 29, ineligible: 29 })],
  },
};

function look(
  seen: Partial<Sighting>,
  {
    open = [],
    exposure = at(25),
    settings = SETTINGS,
  }: {
    readonly open?: readonly Episode[];
    readonly exposure?: Exposure;
    readonly settings?: GuardSettings;
  } = {},
): GuardDecision {
  return decideGuard({ ...NOTHING_SEEN, ...seen }, open, exposure, settings, randomUUID);
}

/** Looks one after the other, each with what is remembered of those before. */
function looks(
  seen: readonly Partial<Sighting>[],
  { exposure = at(25), settings = SETTINGS, everyMs = LOOK_MS } = {},
) {
  let remembered: readonly Episode[] = [];
  return seen.map((one, i) => {
    const decision = look({ nowMs: i * everyMs, ...one }, { open: remembered, exposure, settings });
    remembered = mergedInto(remembered, decision.episodes);
    return { ...decision, remembered };
  });
}

function mergedInto(before: readonly Episode[], news: readonly Episode[]): Episode[] {
  return [...new Map([...before, ...news].map((episode) => [episode.id, episode])).values()];
}

const found = ({ findings }: GuardDecision) => findings.map(({ rule }) => rule);

describe('the rules of the guard', () => {
  it('find nothing where nothing is seen', () => {
    expect(look({})).toEqual({ findings: [], act: null, episodes: [] });
  });

  describe.each(RULE_NAMES)('%s', (rule) => {
    it.each(CASES[rule].found.map((seen, i) => [i + 1, seen] as const))('finds case %i', (_, seen) => {
      const finding = look(seen).findings.find((one) => one.rule === rule);
      expect(finding).toMatchObject({ action: CASES[rule].action, looks: 1, dryRun: false });
      expect(finding?.text).toMatch(/\w/);
      expect(finding?.text).not.toMatch(/NaN|undefined|null/);
    });

    it.each(CASES[rule].inOrder.map((seen, i) => [i + 1, seen] as const))('leaves case %i', (_, seen) => {
      expect(found(look(seen))).not.toContain(rule);
    });
  });

  it.each([
    [
      'failure_rate',
      hour({ attempts: 100, failures: 21 }),
      hour({ attempts: 100, failures: 17 }),
      hour({ attempts: 100, failures: 16 }),
    ],
    ['prediction_time', slow(2001), slow(1601), slow(1600)],
    [
      'weather',
      hour({ requests: 100, weatherDefaults: 11 }),
      hour({ requests: 100, weatherDefaults: 9 }),
      hour({ requests: 100, weatherDefaults: 8 }),
    ],
    [
      'ineligible',
      hour({ requests: 100, ineligible: 11 }),
      hour({ requests: 100, ineligible: 9 }),
      hour({ requests: 100, ineligible: 8 }),
    ],
  ] as const)('%s lets go only below 80 %% of its threshold', (rule, above, between, below) => {
    expect(looks([between]).map(found)).toEqual([[]]);
    expect(looks([above, between, between, below, between]).map(found)).toEqual([
      [rule],
      [rule],
      [rule],
      [],
      [],
    ]);
  });

  it('a failure that is over already is told with the rate that is proven', () => {
    const attempts = Array.from({ length: 170 }, (_, i) => i < 120);
    expect(look({ attempts }).findings[0]?.text).toBe(
      "more than 30.0 % of the model's attempts failed for a while, which is proven; of the last 50 0.0 % did",
    );
  });

  it('a failure rate above 20 % in the last hour warns, and takes nothing back', () => {
    const decision = look(hour({ attempts: 100, failures: 21 }));
    expect(decision.findings).toMatchObject([{ rule: 'failure_rate', level: 'warn', action: 'notify' }]);
    expect(decision.act).toBeNull();
  });
});

describe('what the guard does', () => {
  it('rolls back in every phase while there is traffic, and nothing once there is none', () => {
    for (const phase of [null, ...PHASES]) {
      const seen = { attempts: outcomes(60, 0.5) };
      expect(look(seen, { exposure: at(25, phase) }).act).toMatchObject({
        ...{ rule: 'failure_rate', action: 'roll_back' },
      });
      const off = look(seen, { exposure: at(0, phase) });
      expect([off.act, found(off)]).toEqual([null, ['failure_rate']]);
    }
  });

  it('holds what is under way, and nothing else', () => {
    const held = PHASES.filter((phase) => {
      return look({ drifted: ['distance_km'] }, { exposure: at(25, phase) }).act !== null;
    });
    expect(held).toEqual(['collecting', 'ready', 'advancing', 'baking']);
    expect(look({ drifted: ['distance_km'] }, { exposure: at(25, null) }).act).toBeNull();
  });

  it('does the worst of several things, and marks the others as not acted on', () => {
    const seen = { ...slow(3000), drifted: ['distance_km'], misses: outcomes(200, 0.4) };
    const all = { ...seen, attempts: outcomes(60, 0.5) };
    const decision = look(all);
    expect(found(decision)).toEqual(['failure_rate', 'prediction_time', 'miss_rate', 'drift']);
    expect(decision.act).toMatchObject({ rule: 'failure_rate', action: 'roll_back' });
    expect(decision.episodes.map(({ rule, action }) => [rule, action])).toEqual([
      ['failure_rate', 'roll_back'],
      ['prediction_time', null],
      ['miss_rate', null],
      ['drift', null],
    ]);
    // Halving takes more back than holding, from the third look on.
    expect(looks([seen, seen, seen]).map(({ act }) => act?.action)).toEqual(['hold', 'hold', 'halve']);
  });

  it('halves at the third look in a row, and again only after a rest', () => {
    const slowly = Array.from({ length: 8 }, () => slow(3000));
    const acts = looks(slowly, { everyMs: 10 * 60_000 }).map(({ act }) => act?.action ?? null);
    expect(acts).toEqual([null, null, 'halve', null, null, 'halve', null, null]);
    const broken = [slow(3000), slow(3000), slow(100), slow(3000), slow(3000)];
    expect(looks(broken).every(({ act }) => act === null)).toBe(true);
  });

  it('takes back the rest where halving would leave less than 5 %', () => {
    const slowly = [slow(3000), slow(3000), slow(3000)];
    const last = (percentage: number) => looks(slowly, { exposure: at(percentage) }).at(-1)?.act?.action;
    expect([100, 5.01, 5, 0.1].map(last)).toEqual(['halve', 'halve', 'disable', 'disable']);
    expect(last(0)).toBeUndefined();
  });
});

describe('what the guard remembers', () => {
  it('one episode from the first look that found something to the one that no longer did', () => {
    const seen = [{ drifted: [] }, ...Array.from({ length: 3 }, () => ({ crashed: ['host-1'] })), {}, {}];
    const all = looks(seen);
    expect(all.map(({ episodes }) => episodes.map(({ looks }) => looks))).toEqual([
      [],
      [1],
      [2],
      [3],
      [0],
      [],
    ]);
    expect(all.at(-1)?.remembered).toMatchObject([
      { rule: 'crash', beganMs: LOOK_MS, endedMs: 4 * LOOK_MS, actedMs: null },
    ]);
  });

  it('what was acted on stays in sight after it is over, until somebody acknowledges it', () => {
    const seen = [{ attempts: outcomes(60, 0.5) }, {}, {}];
    const [acted, over, later] = looks(seen);
    expect(acted?.remembered).toMatchObject([{ looks: 1, action: 'roll_back', actedMs: 0, endedMs: null }]);
    expect(over?.remembered).toMatchObject([{ looks: 0, endedMs: null }]);
    expect(later?.episodes).toEqual([]);
    const [latched] = later?.remembered ?? [];
    const acknowledged = { ...latched!, acknowledgedMs: 40_000, acknowledgedBy: 'ana' };
    expect(look({ nowMs: 45_000 }, { open: [acknowledged] }).episodes).toMatchObject([{ endedMs: 45_000 }]);
  });

  it('a latched episode that is over is no finding of the look before', () => {
    const seen = [slow(3000), slow(3000), slow(3000), slow(100), slow(1700), slow(1700), slow(1700)];
    const all = looks(seen, { everyMs: 60 * 60_000 });
    expect(all.map(({ act }) => act?.action ?? null)).toEqual([null, null, 'halve', null, null, null, null]);
    expect(all.map((one) => found(one).length)).toEqual([1, 1, 1, 0, 0, 0, 0]);
  });

  it('goes on with a latched episode when it comes back, and counts its looks anew', () => {
    const seen = [slow(3000), slow(3000), slow(3000), slow(100), slow(3000), slow(3000), slow(3000)];
    const all = looks(seen, { everyMs: 60 * 60_000 });
    expect(all.map(({ act }) => act?.action ?? null)).toEqual([
      null,
      null,
      'halve',
      null,
      null,
      null,
      'halve',
    ]);
    expect(all.at(-1)?.remembered).toHaveLength(1);
  });

  it('in a dry run says once what it would have done, does the next worst thing, and latches nothing', () => {
    const settings: GuardSettings = { ...SETTINGS, dryRun: ['failure_rate'] };
    const seen = { attempts: outcomes(60, 0.5), drifted: ['distance_km'] };
    const all = looks([seen, seen, {}], { settings });
    expect(all.map(({ act }) => act?.rule ?? null)).toEqual(['drift', 'drift', null]);
    expect(all[0]?.findings).toMatchObject([{ dryRun: true }, { dryRun: false }]);
    const dry = all.map(({ episodes }) => episodes.find(({ rule }) => rule === 'failure_rate'));
    expect(dry).toMatchObject([
      { action: 'roll_back', actedMs: 0, dryRun: true },
      { action: 'roll_back', actedMs: 0, dryRun: true },
      { endedMs: 2 * LOOK_MS },
    ]);
    expect(all.at(-1)?.remembered.find(({ rule }) => rule === 'drift')).toMatchObject({
      ...{ endedMs: null, looks: 0 },
    });
  });
});
