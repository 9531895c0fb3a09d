import type { Estimated } from '../statistics/estimate.js';
import { decideGate, type GateResult } from '../statistics/gate.js';
import type { WidestEstimate } from '../statistics/widest.js';
import { t } from '../wording/t.js';
import {
  annualGainsChf,
  type Figures,
  firstYearCostsChf,
  GAIN_NAMES,
  GAINS,
  type GainName,
  yearlyCostsChf,
} from './figures.js';
import type { Range, RoiInputs } from './inputs.js';
import { breakEvenShare, laterYearRoi, paybackWeeks, roiAt } from './return.js';
import type { Savings } from './savings.js';
import { type Swing, sensitivity } from './sensitivity.js';

/** The traffic percentages of the default rollout plan. */
export const STEPS = [10, 25, 50, 100] as const;

/** Where a figure comes from. */
export type Basis = 'measured' | 'assumed';

/** A number by case; `null` where a measured figure is missing. */
export type Cases = { readonly [Case in keyof Range]: number | null };

export interface GainLine {
  readonly name: GainName;
  readonly basis: Basis;
  readonly formula: string;
  /** The figure that drives the line, and a year's CHF at 100 %. */
  readonly driver: Cases;
  readonly annualChf: Cases;
}

/** Every return on investment here is a fraction: 33.1 is 3,310 %. */
export interface Roi {
  readonly percentage: number;
  readonly inputs: RoiInputs;
  readonly costs: { readonly firstYearChf: number; readonly laterYearsChf: number };
  readonly measured: {
    readonly n: number;
    readonly minutesSaved: MeasuredFigure;
    readonly anticipatedShare: MeasuredFigure;
    /** Late rides that only the heuristic foresees; not in any line. */
    readonly lostShare: number | null;
  } | null;
  readonly gains: readonly GainLine[];
  readonly annualGainsChf: Cases;
  /** At {@link percentage}. */
  readonly roi: Cases;
  readonly laterYearsRoi: Cases;
  readonly steps: readonly ({ readonly percentage: number } & Cases)[];
  readonly breakEvenShare: Cases;
  readonly paybackWeeks: Cases;
  readonly sensitivity: readonly Swing[];
  readonly gates: readonly RoiGate[];
  /** Why a measured figure is missing; `null` when none is. */
  readonly insufficient: string | null;
}

export interface MeasuredFigure {
  readonly value: number | null;
  /** Two-sided 95 %. */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly decidedBy: string | null;
}

/** A demand of the rollout guide, on the measured lines' 95 % bounds with the assumed ones as in the base case. */
export interface RoiGate {
  readonly name: string;
  readonly percentage: number;
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly target: number;
  readonly direction: 'above';
  readonly result: GateResult;
  readonly pointMeetsTarget: boolean | null;
}

/** What the guide asks of the second and the last step. */
const GATES = [
  { name: 'roi_at_25', percentage: 25, target: 2 },
  { name: 'roi_at_100', percentage: 100, target: 30 },
] as const;

const CASES = ['low', 'base', 'high'] as const;

/** The return of a model, from what was measured and what is assumed. `savings` is `null` when nothing had to be measured. */
export function assessRoi(inputs: RoiInputs, savings: Savings | null, percentage: number): Roi {
  const scenarios = scenariosOf(inputs, savings);
  const cases = (of: (figures: Figures) => number | null): Cases => {
    const [low, base, high] = CASES.map((name) => (scenarios === null ? null : of(scenarios[name])));
    return { low: low ?? null, base: base ?? null, high: high ?? null };
  };
  const known = scenarios?.base ?? { ...inputs.fixed, ...NOTHING };
  return {
    percentage,
    inputs,
    costs: { firstYearChf: firstYearCostsChf(known), laterYearsChf: yearlyCostsChf(known) },
    measured: savings === null ? null : measuredFigures(savings),
    gains: GAIN_NAMES.map((name) => gainLine(name, inputs, savings)),
    annualGainsChf: cases(annualGainsChf),
    roi: cases((figures) => roiAt(figures, percentage)),
    laterYearsRoi: cases((figures) => laterYearRoi(figures, percentage)),
    steps: STEPS.map((step) => ({ percentage: step, ...cases((figures) => roiAt(figures, step)) })),
    breakEvenShare: cases(breakEvenShare),
    paybackWeeks: cases((figures) => paybackWeeks(figures, percentage)),
    sensitivity: scenarios === null ? [] : swings(scenarios, percentage),
    gates: GATES.map((gate) => roiGate(inputs, savings, gate)),
    insufficient: missingFigure(inputs, savings),
  };
}

type Scenarios = Readonly<Record<(typeof CASES)[number], Figures>>;
type Driver = (typeof GAINS)[GainName]['driver'];
/** Of {@link Savings}, what a return is computed from, whoever estimated it. */
type Measured = Readonly<Record<'minutesSaved' | 'anticipatedShare', Estimated>>;
const DRIVERS = GAIN_NAMES.map((name) => GAINS[name].driver);
const NOTHING: Record<Driver, number> = {
  minutesSaved: 0,
  anticipatedShare: 0,
  churnPoints: 0,
  reassignmentsPerDay: 0,
};

/** All figures low, as expected and high together; `null` where one that has to be measured is not. */
function scenariosOf(inputs: RoiInputs, savings: Measured | null): Scenarios | null {
  const ranges = DRIVERS.map((driver) => [driver, rangeOf(driver, inputs, savings)] as const);
  if (ranges.some(([, range]) => range === null)) return null;
  const at = (name: keyof Range): Figures => {
    const drivers = ranges.map(([driver, range]) => [driver, range?.[name] ?? 0]);
    return { ...inputs.fixed, ...NOTHING, ...Object.fromEntries(drivers) };
  };
  return { low: at('low'), base: at('base'), high: at('high') };
}

/** An assumption in the inputs goes before a measurement: somebody wrote it down. */
function rangeOf(driver: Driver, { assumed }: RoiInputs, savings: Measured | null): Range | null {
  const range = assumed[driver];
  if (range !== null) return range;
  const estimate = measurement(driver, savings);
  if (estimate === null || estimate.kind === 'insufficient') return null;
  const { value, interval } = estimate;
  return { low: interval.lower, base: value, high: interval.upper };
}

function measurement(driver: Driver, savings: Measured | null): Estimated | null {
  return driver === 'minutesSaved' || driver === 'anticipatedShare' ? (savings?.[driver] ?? null) : null;
}

function gainLine(name: GainName, inputs: RoiInputs, savings: Savings | null): GainLine {
  const { driver, annualChf } = GAINS[name];
  const formula = GAINS[name].formula();
  const range = rangeOf(driver, inputs, savings);
  const annual = (value: number) => annualChf({ ...inputs.fixed, ...NOTHING, [driver]: value });
  const basis = inputs.assumed[driver] === null ? 'measured' : 'assumed';
  if (range === null) return { name, basis, formula, driver: UNKNOWN, annualChf: UNKNOWN };
  const { low, base, high } = range;
  return {
    name,
    basis,
    formula,
    driver: range,
    annualChf: { low: annual(low), base: annual(base), high: annual(high) },
  };
}

const UNKNOWN: Cases = { low: null, base: null, high: null };

function swings(scenarios: Scenarios, percentage: number): Swing[] {
  const { low, base, high } = scenarios;
  const ranges = DRIVERS.map((driver) => [
    driver,
    { low: low[driver], base: base[driver], high: high[driver] },
  ]);
  return sensitivity(base, Object.fromEntries(ranges), percentage);
}

function measuredFigures(savings: Savings): NonNullable<Roi['measured']> {
  const { n, minutesSaved, anticipatedShare, lostShare } = savings;
  return { n, minutesSaved: figure(minutesSaved), anticipatedShare: figure(anticipatedShare), lostShare };
}

function figure(estimate: WidestEstimate): MeasuredFigure {
  if (estimate.kind === 'insufficient') return { value: null, lower: null, upper: null, decidedBy: null };
  return { value: estimate.value, ...estimate.interval, decidedBy: estimate.decidedBy };
}

function missingFigure(inputs: RoiInputs, savings: Measured | null): string | null {
  for (const driver of DRIVERS) {
    if (rangeOf(driver, inputs, savings) !== null) continue;
    const estimate = measurement(driver, savings);
    return estimate?.kind === 'insufficient' ? estimate.reason : t`no bookings were measured`;
  }
  return null;
}

/** The return at a percentage with the 95 % bounds of the measured lines; assumptions are bounded by nobody. */
export function roiEstimate(inputs: RoiInputs, savings: Measured | null, percentage: number): Estimated {
  const scenarios = scenariosOf(inputs, savings);
  const missing = {
    kind: 'insufficient',
    reason: missingFigure(inputs, savings) ?? t`nothing is spent`,
  } as const;
  if (scenarios === null) return missing;
  const at = (end: 'lower' | 'upper', kind: 'bounds' | 'interval') => {
    const moved = DRIVERS.flatMap((driver) => {
      const estimate = inputs.assumed[driver] === null ? measurement(driver, savings) : null;
      return estimate === null || estimate.kind === 'insufficient' ? [] : [[driver, estimate[kind][end]]];
    });
    return roiAt({ ...scenarios.base, ...Object.fromEntries(moved) }, percentage) ?? Number.NaN;
  };
  const value = roiAt(scenarios.base, percentage);
  if (value === null) return missing;
  const ends = (kind: 'bounds' | 'interval') => ({ lower: at('lower', kind), upper: at('upper', kind) });
  return { kind: 'estimated', value, interval: ends('interval'), bounds: ends('bounds'), method: 'bca' };
}

function roiGate(
  inputs: RoiInputs,
  savings: Savings | null,
  { name, percentage, target }: (typeof GATES)[number],
): RoiGate {
  const aim = { direction: 'above', value: target } as const;
  const { target: _, ...decided } = decideGate(name, roiEstimate(inputs, savings, percentage), aim);
  const gate = { ...decided, percentage, target, direction: 'above' } as const;
  // Assumptions alone prove nothing, and have no bounds.
  return savings === null ? { ...gate, lower: null, upper: null, result: 'insufficient' } : gate;
}
