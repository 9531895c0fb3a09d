import { dayLabel } from '../booking/local-time.js';
import type { Findings } from './analyse.js';
import { heldDrift } from './drift-days.js';
import { isWeatherFeature, type Share } from './shares.js';
import type { DayRange, Shift } from './shifts.js';

export type CauseName =
  | 'model-failing'
  | 'input-fault'
  | 'model-outdated'
  | 'new-drivers'
  | 'severe-weather'
  | 'demand-surge'
  | 'weather-missing'
  | 'distance-missing'
  | 'bookings-ineligible'
  | 'shift-unexplained'
  | 'weak-slice'
  | 'intervals-off'
  | 'inputs-drifted';

/** Why the model is off, likely: what speaks for it, and what to do next. */
export interface Cause {
  readonly name: CauseName;
  readonly sentence: string;
  /** Minutes of mean error, over all bookings, that go with it; `null` where that cannot be told. */
  readonly minutes: number | null;
  readonly evidence: readonly Evidence[];
  readonly nextCommand: string;
}

export interface Evidence {
  readonly label: string;
  readonly value: number;
  readonly unit: 'min' | 'share' | 'p' | 'count' | 'ratio' | 'psi' | 'a day';
}

/** How the commands of an answer name the bookings: `--source rides.csv`, or nothing. */
export type SourceFlag = string;

/**
 * The false findings that each kind of test may give, of 0.05 in all; drift (0.005) and slices (0.01) keep theirs
 * where they are tested. No kind is tried twice.
 */
const ALPHA = {
  biasShift: 0.01,
  bias: 0.005,
  differenceShift: 0.005,
  difference: 0.0025,
  newDrivers: 0.005,
  weather: 0.005,
  share: 0.0005,
} as const;

/** Once a shift is proven, the question is only what goes with it. */
const ATTRIBUTION_ALPHA = 0.05;

/** Whatever is smaller changes nobody's plan, however surely it is there. */
const SHIFT_MINUTES = 0.75;
const CONTRAST_MINUTES = 1;
const WORSE_MINUTES = 0.25;
const SURGE_RATIO = 1.3;
const SURGE_ALPHA = 0.01;
const SURE_SURGE = 0.001;
const COVERAGE_SLACK = 0.03;
/** Standard errors of a one-sided test at 0.001, and those between an estimate and its 95 % interval. */
const COVERAGE_Z = 3.09;
const INTERVAL_Z = 1.96;

/** Likely causes, most telling first. Consequences of what is named (a shift, wide errors in a slice) are left out. */
export function causesOf(findings: Findings, source: SourceFlag): Cause[] {
  const specific = [
    inputFault(findings, source),
    modelOutdated(findings, source),
    newDriversCause(findings, source),
    severeWeather(findings),
    demandSurge(findings, source),
  ].filter((cause) => cause !== null);
  const operational = [
    missing(
      findings.shares.weatherDefault,
      'weather-missing',
      'bookings had no weather',
      'atmr-ml weather-check',
    ),
    missing(
      findings.shares.missingDistance,
      'distance-missing',
      'bookings had no distance',
      csvCommand(source),
    ),
    missing(
      findings.shares.ineligible,
      'bookings-ineligible',
      'bookings lacked an input the model needs',
      'atmr-ml model list',
    ),
  ].filter((cause) => cause !== null);
  const named = [...modelFailing(findings), ...specific.sort(byMinutes), ...operational];
  if (specific.length > 0) return named;
  const generic = [
    shiftUnexplained(findings, source),
    weakSlice(findings, source),
    intervalsOff(findings, source),
    inputsDrifted(findings, source),
  ];
  return [...named, ...generic.filter((cause) => cause !== null)];
}

function byMinutes(a: Cause, b: Cause): number {
  return (b.minutes ?? 0) - (a.minutes ?? 0);
}

function modelFailing({ shares: { failures } }: Findings): Cause[] {
  if (failures.p > ALPHA.share) return [];
  return [
    {
      name: 'model-failing',
      sentence: `The model failed on ${share(failures)} of the attempts.`,
      minutes: null,
      evidence: shareEvidence(failures),
      nextCommand: 'atmr-ml model list',
    },
  ];
}

function inputFault({ shares: { outOfRangeInputs: fault } }: Findings, source: SourceFlag): Cause | null {
  if (fault.p > ALPHA.share || fault.mae === null || fault.othersMae === null) return null;
  const names = fault.features.slice(0, 3).map(({ name }) => name);
  return {
    name: 'input-fault',
    sentence: `Inputs are faulty: ${names.join(', ')} of ${share(fault)} of the bookings lie outside all that training saw.`,
    minutes: (fault.count / fault.of) * Math.max(0, fault.mae - fault.othersMae),
    evidence: [
      ...shareEvidence(fault),
      { label: 'mean error of these', value: fault.mae, unit: 'min' },
      { label: 'mean error of all others', value: fault.othersMae, unit: 'min' },
    ],
    nextCommand: csvCommand(source),
  };
}

function modelOutdated({ overTime }: Findings, source: SourceFlag): Cause | null {
  const { difference, differenceShift: shift, differenceInShift: within } = overTime;
  const since = shift.kind === 'tested' && shift.p <= ALPHA.differenceShift && shift.shift > 0 ? shift : null;
  const level = since !== null && within?.kind === 'tested' && since.inside > 0 ? within : difference;
  if (level.kind !== 'tested') return null;
  if (level.p > ALPHA.difference || level.mean < WORSE_MINUTES) return null;
  const when = level === within && since !== null ? since : null;
  return {
    name: 'model-outdated',
    sentence: `Rides no longer go as the model learned: the heuristic is nearer${sinceText(when)}.`,
    minutes: shareOfDays(when, overTime.series.days) * level.mean,
    evidence: [
      { label: '|model error| − |heuristic error|', value: level.mean, unit: 'min' },
      ...(when === null ? [] : [{ label: 'before', value: when.outside, unit: 'min' } as const]),
      { label: 'chance without a difference', value: level.p, unit: 'p' },
    ],
    nextCommand: `atmr-ml ab-test${source}${fromFlag(when)}`,
  };
}

function newDriversCause({ newDrivers: test, overTime }: Findings, source: SourceFlag): Cause | null {
  if (test.kind !== 'tested' || test.p > alphaFor(test.contrast, overTime, ALPHA.newDrivers)) return null;
  if (Math.abs(test.contrast) < CONTRAST_MINUTES || Math.abs(test.bias) < SHIFT_MINUTES) return null;
  const direction = test.bias < 0 ? 'later' : 'earlier';
  return {
    name: 'new-drivers',
    sentence: `New drivers come ${direction} than their experience lets the model expect.`,
    minutes: test.share * Math.max(0, test.mae - test.othersMae),
    evidence: [
      { label: `drivers who began with at most ${test.newUpTo} rides`, value: test.drivers, unit: 'count' },
      { label: 'their share of the bookings', value: test.share, unit: 'share' },
      { label: 'predicted − actual, theirs', value: test.bias, unit: 'min' },
      { label: 'of the other drivers', value: test.othersBias, unit: 'min' },
      { label: 'chance without a difference', value: test.p, unit: 'p' },
    ],
    nextCommand: `atmr-ml train${source}`,
  };
}

function severeWeather({ weather, severeShare, overTime }: Findings): Cause | null {
  if (weather.kind === 'tested') {
    if (weather.p > alphaFor(weather.contrast, overTime, ALPHA.weather)) return null;
    if (Math.abs(weather.contrast) < CONTRAST_MINUTES) return null;
    return {
      name: 'severe-weather',
      sentence: 'The model is off in weather that training hardly saw.',
      minutes: weather.share * Math.max(0, weather.mae - weather.othersMae),
      evidence: [
        {
          label: `bookings with a weather factor above ${weather.above.toFixed(2)}`,
          value: weather.bookings,
          unit: 'count',
        },
        { label: 'on days', value: weather.days, unit: 'count' },
        { label: 'predicted − actual in it', value: weather.bias, unit: 'min' },
        { label: 'otherwise', value: weather.othersBias, unit: 'min' },
        { label: 'chance without a difference', value: weather.p, unit: 'p' },
      ],
      nextCommand: 'atmr-ml weather-check',
    };
  }
  const { bias } = overTime;
  // Nothing but severe weather: there is no other to compare with, only zero.
  if (severeShare < 0.5 || bias.kind !== 'tested') return null;
  if (bias.p > ALPHA.bias || Math.abs(bias.mean) < CONTRAST_MINUTES) return null;
  return {
    name: 'severe-weather',
    sentence: 'The model is off, in weather that training hardly saw.',
    minutes: Math.abs(bias.mean),
    evidence: [
      { label: 'share of bookings in it', value: severeShare, unit: 'share' },
      { label: 'predicted − actual', value: bias.mean, unit: 'min' },
      { label: 'chance without a bias', value: bias.p, unit: 'p' },
    ],
    nextCommand: 'atmr-ml weather-check',
  };
}

function demandSurge({ overTime, demand }: Findings, source: SourceFlag): Cause | null {
  if (demand.kind !== 'tested' || demand.ratio < SURGE_RATIO || demand.p > SURGE_ALPHA) return null;
  // Chance hardly ever gives a surge and, on the same days, a shift: both together need less of each.
  const shift = materialShift(
    overTime.biasShift,
    demand.p <= SURE_SURGE ? ATTRIBUTION_ALPHA : ALPHA.biasShift,
  );
  if (shift === null || shift.shift > 0) return null;
  return {
    name: 'demand-surge',
    sentence: `Rides come later than predicted${sinceText(shift)}, with ${demand.ratio.toFixed(1)} times the bookings a day.`,
    minutes:
      shareOfDays(shift, overTime.series.days) *
      Math.max(0, Math.abs(shift.inside) - Math.abs(shift.outside)),
    evidence: [
      { label: 'bookings then', value: demand.inside, unit: 'a day' },
      { label: 'on the other days', value: demand.outside, unit: 'a day' },
      { label: 'predicted − actual then', value: shift.inside, unit: 'min' },
      { label: 'on the other days', value: shift.outside, unit: 'min' },
      { label: 'chance without a change', value: shift.p, unit: 'p' },
    ],
    nextCommand: `atmr-ml ab-test${source}${fromFlag(shift)}`,
  };
}

function missing(share_: Share, name: CauseName, what: string, nextCommand: string): Cause | null {
  if (share_.p > ALPHA.share) return null;
  const sentence = `${share(share_)} of the ${what}.`;
  return { name, sentence, minutes: null, evidence: shareEvidence(share_), nextCommand };
}

function shiftUnexplained({ overTime }: Findings, source: SourceFlag): Cause | null {
  const shift = materialShift(overTime.biasShift);
  const { bias } = overTime;
  if (
    shift === null &&
    (bias.kind !== 'tested' || bias.p > ALPHA.bias || Math.abs(bias.mean) < CONTRAST_MINUTES)
  )
    return null;
  const off = shift?.inside ?? (bias.kind === 'tested' ? bias.mean : 0);
  return {
    name: 'shift-unexplained',
    sentence: `Rides come ${off < 0 ? 'later' : 'earlier'} than predicted${sinceText(shift)}, and nothing recorded tells why.`,
    minutes: shareOfDays(shift, overTime.series.days) * Math.abs(off),
    evidence: [
      { label: 'predicted − actual', value: off, unit: 'min' },
      ...(shift === null ? [] : [{ label: 'on the other days', value: shift.outside, unit: 'min' } as const]),
      { label: 'chance without it', value: shift?.p ?? (bias.kind === 'tested' ? bias.p : 1), unit: 'p' },
    ],
    nextCommand: `atmr-ml ab-test${source}${fromFlag(shift)}`,
  };
}

function weakSlice({ slices }: Findings, source: SourceFlag): Cause | null {
  const worst = slices.find(({ weak }) => weak);
  if (worst === undefined) return null;
  return {
    name: 'weak-slice',
    sentence: `The model is weak where ${worst.text}.`,
    minutes: null,
    evidence: [
      { label: 'bookings it was tested on', value: worst.n, unit: 'count' },
      { label: 'mean error', value: worst.mae, unit: 'min' },
      { label: 'expected of such bookings', value: worst.expectedMae, unit: 'min' },
      { label: 'chance without it', value: worst.p, unit: 'p' },
    ],
    nextCommand: `atmr-ml train${source}`,
  };
}

function intervalsOff({ calibration }: Findings, source: SourceFlag): Cause | null {
  if ('kind' in calibration || calibration.coverage.kind !== 'estimated') return null;
  const { coverage, level } = calibration;
  const standardError = (coverage.interval.upper - coverage.interval.lower) / (2 * INTERVAL_Z);
  if (coverage.value + COVERAGE_Z * standardError >= level - COVERAGE_SLACK) return null;
  return {
    name: 'intervals-off',
    sentence: 'The intervals are too narrow: outcomes fall outside of them more often than promised.',
    minutes: null,
    evidence: [
      { label: 'outcomes inside', value: coverage.value, unit: 'share' },
      { label: 'promised', value: level, unit: 'share' },
    ],
    nextCommand: `atmr-ml train${source}`,
  };
}

function inputsDrifted({ drift, driftDays }: Findings, source: SourceFlag): Cause | null {
  const drifted = drift.filter((one) => one.drifted).map(({ name }) => name);
  // Weather comes and goes with the seasons; it is a cause where the model is off in it.
  const names = [...new Set([...drifted, ...heldDrift(driftDays)])].filter(
    (name) => !isWeatherFeature(name) && name !== 'prediction',
  );
  const first = drift.find(({ name }) => name === names[0]);
  if (first === undefined) return null;
  return {
    name: 'inputs-drifted',
    sentence: `Bookings are not what they were: ${names.slice(0, 3).join(', ')}. The errors do not show it yet.`,
    minutes: null,
    evidence: [
      { label: `stability index of ${first.name}`, value: first.index, unit: 'psi' },
      { label: 'chance stays below', value: first.threshold, unit: 'psi' },
      { label: 'chance without drift', value: first.p, unit: 'p' },
    ],
    nextCommand: `atmr-ml ab-test${source}`,
  };
}

/** A contrast in the direction of a shift that is proven anyway. */
function alphaFor(contrast: number, { biasShift }: Findings['overTime'], otherwise: number): number {
  const shift = materialShift(biasShift);
  return shift !== null && Math.sign(shift.shift) === Math.sign(contrast) ? ATTRIBUTION_ALPHA : otherwise;
}

function materialShift(
  shift: Findings['overTime']['biasShift'],
  alpha: number = ALPHA.biasShift,
): Shift | null {
  if (shift.kind !== 'tested' || shift.p > alpha) return null;
  return Math.abs(shift.shift) >= SHIFT_MINUTES ? shift : null;
}

function sinceText(shift: Shift | null): string {
  if (shift === null) return '';
  const first = dayLabel(shift.firstDay);
  return shift.lasting ? ` since ${first}` : ` from ${first} to ${dayLabel(shift.lastDay)}`;
}

function fromFlag(range: DayRange | null): string {
  return range === null ? '' : ` --from ${dayLabel(range.firstDay)}`;
}

function shareOfDays(range: DayRange | null, days: readonly number[]): number {
  if (range === null) return 1;
  return days.filter((day) => day >= range.firstDay && day <= range.lastDay).length / days.length;
}

function csvCommand(source: SourceFlag): string {
  return `atmr-ml analyze-errors${source} --worst 20 --csv scored.csv`;
}

function share({ count, of }: Share): string {
  return `${((100 * count) / of).toFixed(1)} %`;
}

function shareEvidence({ count, of, limit }: Share): Evidence[] {
  return [
    { label: 'bookings concerned', value: count, unit: 'count' },
    { label: 'of', value: of, unit: 'count' },
    { label: 'allowed share', value: limit, unit: 'share' },
  ];
}
