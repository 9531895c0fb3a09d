import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfigFile } from '../../src/config-file.js';
import { planText } from '../../src/render/rollout-plan.js';
import { assessRollout } from '../../src/rollout/assess.js';
import { NO_EVIDENCE } from '../../src/rollout/evidence.js';
import {
  GATE_DEFAULTS,
  type GateName,
  gateText,
  PLAN_GATES,
  parseGate,
} from '../../src/rollout/gate-spec.js';
import { lintPlan } from '../../src/rollout/lint.js';
import { DEFAULT_PLAN, percentagesOf, type RolloutPlan } from '../../src/rollout/plan.js';
import { planOf } from '../../src/rollout/plan-of.js';
import type { RolloutSection } from '../../src/rollout/plan-schema.js';
import type { Rollout } from '../../src/rollout/rollout.js';

const NOW_MS = Date.UTC(2026, 5, 8, 10);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plan-schema-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The plan of a configuration file with this section; rejects as every command does that reads it. */
async function planFrom(section: unknown): Promise<RolloutPlan> {
  const file = join(folder, 'a.yaml');
  writeFileSync(file, JSON.stringify({ rollout: section }));
  return planOf((await readConfigFile(file)).rollout);
}

const share = fc.integer({ min: 1, max: 10_000 }).map((hundredths) => hundredths / 100);
const duration = fc
  .tuple(
    fc.integer({ min: 0, max: 366 }),
    fc.constantFrom('', '.5', '.125'),
    fc.constantFrom('ms', 's', 'm', 'h', 'd'),
  )
  .map(([whole, fraction, unit]) => `${whole}${whole < 366 ? fraction : ''}${unit}`);

/** Digits as people write them, also with zeros that say nothing. */
const decimals = (most: 4 | 6) =>
  fc
    .tuple(
      fc.stringMatching(/^\d{1,9}$/),
      fc.option(fc.stringMatching(most === 4 ? /^\d{1,4}$/ : /^\d{1,6}$/), { nil: null }),
      fc.constantFrom('', '-', '−'),
    )
    .map(([whole, part, sign]) => `${sign}${whole}${part === null ? '' : `.${part}`}`);
const space = fc.constantFrom('', ' ', '  ');
/** Others are shares: above 1 they are in percent. */
const isPlainNumber = (name: GateName) => name === 'mae' || name === 'r2' || name === 'crashes';
/** What may be asked of it: of prediction times, one thing. */
const target = (name: GateName) =>
  name === 'prediction_time_p95'
    ? fc.constantFrom('1000', '1000.0', '100000 %')
    : fc.oneof(
        isPlainNumber(name) ? decimals(6) : fc.stringMatching(/^[-−]?0\.\d{1,6}$/),
        decimals(4).map((number) => `${number}%`),
        decimals(4).map((number) => `${number} %`),
      );
const gate = fc
  .constantFrom(...PLAN_GATES)
  .chain((name) => fc.tuple(fc.constant(name), target(name), space, space, fc.boolean()))
  .map(([name, number, before, after, isBare]) => {
    const sign = GATE_DEFAULTS[name].direction === 'below' ? '<' : '>';
    return isBare ? `${before}${name}${after}` : `${before}${name}${after}${sign}${before}${number}${before}`;
  });

const optional = { requiredKeys: [] };
const stepEntries = {
  minimumTime: duration,
  minimumSettled: fc.nat(),
  gates: fc.array(gate, { maxLength: 6 }),
  approvals: fc.integer({ min: 0, max: 100 }),
};
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const weekday = fc.constantFrom(...WEEKDAYS);
const date = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10));
const section: fc.Arbitrary<RolloutSection> = fc.record(
  {
    steps: fc.array(fc.record({ percentage: share, ...stepEntries }, { requiredKeys: ['percentage'] }), {
      ...{ minLength: 1, maxLength: 6 },
    }),
    recovery: fc.record({ percentage: share, ...stepEntries }, optional),
    bake: duration,
    window: fc.record(
      {
        days: fc.oneof(
          weekday,
          fc.tuple(weekday, weekday).map((two) => two.join('-')),
        ),
        hours: fc
          .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 24 }))
          .map(([a, length]) => `${a}-${Math.min(24, a + length)}`),
      },
      optional,
    ),
    anyTime: fc.boolean(),
    freeze: fc.array(
      fc.oneof(
        date,
        fc.tuple(date, date).map((two) => two.sort().join('..')),
      ),
    ),
    requireTarget: fc.boolean(),
  },
  optional,
);

/** Everything that looks at a plan, at its first and its last step. */
function liveWith(plan: RolloutPlan): void {
  expect(planText(plan, lintPlan(plan))).not.toMatch(/NaN|undefined|Infinity|\[object/);
  const percentages = percentagesOf(plan);
  for (const step of [1, percentages.length - 1]) {
    for (const phase of step === 1 ? (['collecting'] as const) : (['collecting', 'baking'] as const)) {
      const at = new Date(NOW_MS).toISOString();
      const rollout: Rollout = {
        ...{ phase, step, percentages, event: 'start', model: null, planId: '', stop: null, approvals: [] },
        ...{ startedAt: at, stepAt: at, baselineAt: at, phaseAt: at },
      };
      const { nextAtMs, bookings } = assessRollout({
        ...{ rollout, plan, evidence: NO_EVIDENCE, nowMs: NOW_MS, timeZone: 'Europe/Zurich' },
        ...{ modelSimulated: null, forcedOff: false, breaches: [], telemetryFault: null },
      });
      if (nextAtMs !== null) expect(new Date(nextAtMs).getTime()).toBeGreaterThanOrEqual(NOW_MS);
      expect(bookings.needed).toBeGreaterThanOrEqual(0);
    }
  }
}

describe('a plan of the configuration', () => {
  it('is the default plan where it says nothing', async () => {
    expect(planOf(undefined)).toEqual(DEFAULT_PLAN);
    expect(await planFrom({})).toEqual(DEFAULT_PLAN);
    expect(await planFrom({ window: {}, recovery: {}, freeze: [], anyTime: false })).toEqual(DEFAULT_PLAN);
  });

  it('is what it says, whatever that is: its gates are read back from their texts, and it can be lived with', async () => {
    await fc.assert(
      fc.asyncProperty(section, async (given) => {
        const plan = await planFrom(given);
        expect(plan.steps.map(({ percentage }) => percentage)).toEqual(
          (given.steps ?? DEFAULT_PLAN.steps).map(({ percentage }) => percentage),
        );
        for (const step of [plan.recovery, ...plan.steps]) {
          for (const one of step.gates)
            expect([gateText(one), parseGate(gateText(one))]).toEqual([gateText(one), one]);
        }
        for (const [i, step] of (given.steps ?? []).entries()) {
          if (step.gates !== undefined) expect(plan.steps[i]?.gates).toHaveLength(step.gates.length);
        }
        liveWith(plan);
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it('takes what a step leaves out from the step of the default plan in its place', async () => {
    const { steps } = await planFrom({
      steps: [
        { percentage: 20 },
        { percentage: 40 },
        { percentage: 60 },
        { percentage: 80 },
        { percentage: 100 },
      ],
    });
    const [first, second, third, last] = DEFAULT_PLAN.steps;
    const like = [first, second, third, third, last];
    expect(steps).toEqual(like.map((step, i) => ({ ...step, percentage: 20 * (i + 1) })));
    expect((await planFrom({ steps: [{ percentage: 50 }] })).steps).toEqual([{ ...first, percentage: 50 }]);
  });

  it('has weekdays that go on over the end of the week', async () => {
    const days = async (text: string) => (await planFrom({ window: { days: text } })).window?.weekdays;
    expect(await days('mon-fri')).toEqual([0, 1, 2, 3, 4]);
    expect(await days('fri-mon')).toEqual([4, 5, 6, 0]);
    expect(await days('sun-sat')).toEqual([6, 0, 1, 2, 3, 4, 5]);
    expect(await days('wed')).toEqual([2]);
    expect(await days('sun-sun')).toEqual([6]);
    for (const [from, first] of WEEKDAYS.entries()) {
      for (const [length, last] of [...WEEKDAYS, ...WEEKDAYS].slice(from, from + 7).entries()) {
        const expected = Array.from({ length: length + 1 }, (_, i) => (from + i) % 7);
        expect(await days(`${first}-${last}`)).toEqual(expected);
      }
    }
  });

  it('keeps the usual hours or weekdays where it names only the others', async () => {
    expect((await planFrom({ window: { hours: '9-12' } })).window).toEqual({
      ...{ weekdays: [0, 1, 2, 3, 4], fromHour: 9, untilHour: 12 },
    });
    expect((await planFrom({ window: { days: 'sat-sun' } })).window).toMatchObject({
      fromHour: 8,
      untilHour: 17,
    });
    expect((await planFrom({ window: { hours: '0-24' }, anyTime: true })).window).toBeNull();
  });

  it('has dates that there are', async () => {
    const freezes = async (...freeze: string[]) => (await planFrom({ freeze })).freezes;
    expect(await freezes('2026-12-24..2027-01-02', '2028-02-29')).toEqual([
      { from: '2026-12-24', to: '2027-01-02' },
      { from: '2028-02-29', to: '2028-02-29' },
    ]);
    for (const none of ['2026-02-29', '2026-13-01', '2027-01-02..2026-12-24', '2026-1-1', '24.12.2026', '']) {
      await expect(freezes(none)).rejects.toMatchObject({ code: 'BAD_CONFIG' });
    }
  });

  it('takes a year and no more', async () => {
    expect((await planFrom({ bake: '366d' })).bakeMs).toBe(366 * 86_400_000);
    await expect(planFrom({ bake: '366.001d' })).rejects.toMatchObject({ code: 'BAD_CONFIG' });
  });

  it.each([
    [{ bake: 7 }, 'rollout.bake is 7; expected a text'],
    [{ steps: 4 }, 'rollout.steps is 4; expected a list of steps'],
    [{ steps: [] }, 'expected at least one step'],
    [{ requireTarget: 'yes' }, 'rollout.requireTarget is yes; expected true or false'],
    [{ bake: '367d' }, 'rollout.bake is 367d; expected a time such as 7d or 12h, at most 366d'],
    [{ bake: `${'9'.repeat(400)}d` }, 'expected a time such as 7d or 12h, at most 366d'],
    [
      { steps: [{ percentage: 10, minimumTime: '99999999999d' }] },
      'rollout.steps.0.minimumTime is 99999999999d',
    ],
    [{ steps: [{ percentage: 10, approvals: 101 }] }, 'expected a whole number from 0 to 100'],
    [{ steps: [{ percentage: 10, approvals: 1e300 }] }, 'expected a whole number from 0 to 100'],
    [{ steps: [{ percentage: 10, minimumSettled: -1 }] }, 'expected a whole number of 0 or more'],
    [{ steps: [{ percentage: 10.001 }] }, 'expected a share from 0.01 to 100'],
    [{ steps: [{ percentage: 100.01 }] }, 'expected a share from 0.01 to 100'],
    [{ steps: [{ percentage: '10' }] }, 'expected a share from 0.01 to 100'],
    [{ steps: [{}] }, 'rollout.steps.0.percentage is missing'],
    [{ steps: [{ percentage: 10, gates: 'mae' }] }, 'expected a list of gates such as mae'],
    [{ steps: [{ percentage: 10, gates: ['mae < 0.1234567'] }] }, 'is no gate'],
    [{ steps: [{ percentage: 10, gates: ['stable < 1.23456 %'] }] }, 'is no gate'],
    [{ steps: [{ percentage: 10, gates: ['mae < 1234567890'] }] }, 'is no gate'],
    [{ window: { hours: '8-8' } }, 'expected hours such as 8-17'],
    [{ window: { hours: '8-25' } }, 'expected hours such as 8-17'],
    [{ window: { days: 'mon-fri-sun' } }, 'expected weekdays such as mon-fri'],
    [{ window: { days: 'Mon' } }, 'expected weekdays such as mon-fri'],
    [{ anyTime: 'yes' }, 'expected true or false'],
    [{ freeze: '2026-12-24' }, 'expected a list of dates'],
    [{ stepz: [] }, 'there is no setting rollout.stepz (did you mean steps?)'],
    [['mae'], 'there is no setting rollout.0'],
    ['mae', 'rollout is not a list of keys with values'],
  ])('refuses %j', async (given, fault) => {
    await expect(planFrom(given)).rejects.toMatchObject({
      ...{ code: 'BAD_CONFIG', message: expect.stringContaining(fault) },
    });
  });

  it('refuses any text that is none of these, in one line without marks that move a cursor', async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.constantFrom(
        '__proto__',
        'constructor',
        '\u001b[2J',
        'mae\n<\n2',
        'mae < 2\u0000',
        'mаe',
        '٣-٧',
        '7d\n',
      ),
      // Nearly right.
      fc
        .tuple(
          fc.constantFrom('mae < 2.5', '7d', 'mon-fri', '8-17', '2026-12-24'),
          fc.string({ unit: 'binary', minLength: 1 }),
        )
        .map(([right, more]) => right + more),
      fc.constantFrom('9', '1e', '-', '<').map((piece) => piece.repeat(10_000)),
    );
    const places: readonly ((text: string) => unknown)[] = [
      (text) => ({ bake: text }),
      (text) => ({ steps: [{ percentage: 10, minimumTime: text }] }),
      (text) => ({ steps: [{ percentage: 10, gates: [text] }] }),
      (text) => ({ recovery: { gates: ['mae', text] } }),
      (text) => ({ window: { days: text } }),
      (text) => ({ window: { hours: text } }),
      (text) => ({ freeze: [text] }),
      (text) => ({ freeze: text, anyTime: text, steps: text, recovery: text }),
    ];
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(hostile, fc.constantFrom(...places), async (text, place) => {
        const plan = await planFrom(place(text)).catch((thrown: unknown) => {
          expect(thrown).toMatchObject({ code: 'BAD_CONFIG' });
          const { message } = thrown as Error;
          expect(message).toMatch(/; expected |is not a list|is missing/);
          expect(message).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u);
          expect(message.length).toBeLessThan(1500);
          return null;
        });
        // Some may be right by chance.
        if (plan === null) refused += 1;
        else liveWith(plan);
      }),
      { numRuns: 1000, seed: 1 },
    );
    expect(refused).toBeGreaterThan(900);
  });
});
