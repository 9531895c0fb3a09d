import { onGrid } from '../statistics/exact-sum.js';

/** How answers and errors are spread, in bins of minutes: constant memory, any number of bookings. */
export interface Distributions {
  /** Of predicted − actual. */
  readonly modelError: Bins;
  readonly heuristicError: Bins;
  /** Of |model error| − |heuristic error|. */
  readonly difference: Bins;
  readonly modelCalibration: CalibrationBins;
  readonly heuristicCalibration: CalibrationBins;
}

/** Values counted by `Math.floor(value / BIN_MINUTES)`: those near zero in an array, which is where nearly all are. */
export interface Bins {
  /** By bin + {@link NEAR}. */
  readonly near: Float64Array;
  readonly far: Map<number, number>;
}

/** By bin of the prediction: how many, and the sums of what was predicted, what happened, and its square. */
export interface CalibrationBins {
  /** By bin + {@link NEAR}, four numbers each. */
  readonly near: Float64Array;
  readonly far: Map<number, Float64Array>;
}

interface CalibrationSums {
  n: number;
  predicted: number;
  actual: number;
  squaredActual: number;
}

/** Shares of the values between ascending edges in minutes; what lies outside is in `below` and `above`. */
export interface Histogram {
  readonly edges: readonly number[];
  readonly series: readonly (readonly number[])[];
  readonly outside: readonly { readonly below: number; readonly above: number }[];
}

/** About a tenth of the bookings, those with similar predictions. Minutes. */
export interface CalibrationGroup {
  readonly n: number;
  readonly predicted: number;
  readonly actual: number;
  /** 95 % for the mean of what happened, by the normal distribution; `null` for fewer than 8 bookings. */
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Fine enough that no reader sees the binning. */
const BIN_MINUTES = 0.1;
/** Bins on either side of zero that have a place in an array: three hours and a half. */
const NEAR = 2100;
/** Numbers of one bin of a calibration. */
const SUMS = 4;
const GROUPS = 10;
/** Twice the cube root of their number shows the shape of few values and not their noise (Rice). */
const mostBars = (count: number): number => Math.min(40, Math.max(10, Math.ceil(2 * Math.cbrt(count))));
/** A bar is as wide as one of these, so that its edges are numbers one can read. */
const BAR_MINUTES = [0.1, 0.2, 0.5, 1, 2, 5, 10];
/** The tails beyond are named, not drawn. */
const TAIL = 0.005;
const LEAST_FOR_INTERVAL = 8;
const NORMAL_975 = 1.959963984540054;

export function emptyDistributions(): Distributions {
  return {
    modelError: emptyBins(),
    heuristicError: emptyBins(),
    difference: emptyBins(),
    modelCalibration: emptyCalibrationBins(),
    heuristicCalibration: emptyCalibrationBins(),
  };
}

export function emptyBins(): Bins {
  return { near: new Float64Array(2 * NEAR), far: new Map() };
}

export function emptyCalibrationBins(): CalibrationBins {
  return { near: new Float64Array(2 * NEAR * SUMS), far: new Map() };
}

/** Adds one booking's answers and outcome in minutes, in place. */
export function addToDistributions(
  into: Distributions,
  {
    model,
    heuristic,
    actual,
  }: { readonly model: number; readonly heuristic: number; readonly actual: number },
): void {
  addToBins(into.modelError, model - actual);
  addToBins(into.heuristicError, heuristic - actual);
  addToBins(into.difference, Math.abs(model - actual) - Math.abs(heuristic - actual));
  addToCalibration(into.modelCalibration, model, actual);
  addToCalibration(into.heuristicCalibration, heuristic, actual);
}

/** Adds those of another part, in place. */
export function mergeDistributions(into: Distributions, from: Distributions): void {
  for (const name of ['modelError', 'heuristicError', 'difference'] as const) {
    addPlaces(into[name].near, from[name].near);
    for (const [bin, count] of from[name].far)
      into[name].far.set(bin, (into[name].far.get(bin) ?? 0) + count);
  }
  for (const name of ['modelCalibration', 'heuristicCalibration'] as const) {
    addPlaces(into[name].near, from[name].near);
    for (const [bin, sums] of from[name].far) {
      const known = into[name].far.get(bin) ?? new Float64Array(SUMS);
      addPlaces(known, sums);
      into[name].far.set(bin, known);
    }
  }
}

function addPlaces(into: Float64Array, from: Float64Array): void {
  for (let place = 0; place < into.length; place += 1) into[place]! += from[place]!;
}

/** The same bars for all of `bins`, wide enough that at most some 40, and fewer of few, show the middle 99 %. */
export function histogramOf(bins: readonly Bins[]): Histogram {
  const ranges = bins.map(middleRange).filter((range) => range !== null);
  if (ranges.length === 0) return { edges: [], series: bins.map(() => []), outside: [] };
  const low = Math.min(...ranges.map(([from]) => from)) * BIN_MINUTES;
  const high = Math.max(...ranges.map(([, to]) => to + 1)) * BIN_MINUTES;
  const most = mostBars(Math.max(...bins.map(countIn)));
  const bar = BAR_MINUTES.find((width) => (high - low) / width <= most) ?? BAR_MINUTES.at(-1)!;
  const [first, last] = [Math.floor(low / bar), Math.ceil(high / bar)];
  const shares = bins.map((one) => barShares(one, bar, first, last));
  return {
    edges: Array.from({ length: last - first + 1 }, (_, i) => rounded((first + i) * bar)),
    series: shares.map(({ inside }) => inside),
    outside: shares.map(({ below, above }) => ({ below, above })),
  };
}

/** Groups of a tenth of the bookings by prediction; fewer where predictions are equal. */
export function calibrationGroups(bins: CalibrationBins): CalibrationGroup[] {
  const sorted = calibrationSums(bins);
  const total = sorted.reduce((n, sums) => n + sums.n, 0);
  const groups: CalibrationSums[] = [];
  let passed = 0;
  let group = -1;
  for (const sums of sorted) {
    // By the middle of the bin: one with a third of all bookings is a group of its own.
    const wanted = Math.floor(((passed + sums.n / 2) / total) * GROUPS);
    if (wanted !== group) groups.push(emptyCalibrationSums());
    group = wanted;
    addSums(groups.at(-1)!, sums);
    passed += sums.n;
  }
  return groups.map(groupMeans);
}

function addToBins({ near, far }: Bins, value: number): void {
  const bin = Math.floor(value / BIN_MINUTES);
  const place = bin + NEAR;
  if (place >= 0 && place < near.length) near[place]! += 1;
  else far.set(bin, (far.get(bin) ?? 0) + 1);
}

function addToCalibration({ near, far }: CalibrationBins, predicted: number, actual: number): void {
  const bin = Math.floor(predicted / BIN_MINUTES);
  const place = (bin + NEAR) * SUMS;
  if (place >= 0 && place < near.length) {
    addToSums(near, place, predicted, actual);
    return;
  }
  const sums = far.get(bin) ?? new Float64Array(SUMS);
  far.set(bin, sums);
  addToSums(sums, 0, predicted, actual);
}

function addToSums(sums: Float64Array, place: number, predicted: number, actual: number): void {
  sums[place]! += 1;
  sums[place + 1]! += onGrid(predicted);
  sums[place + 2]! += onGrid(actual);
  sums[place + 3]! += onGrid(actual * actual);
}

/** Bins that hold something and their counts, ascending. */
function counts({ near, far }: Bins): [bin: number, count: number][] {
  const found: [number, number][] = [...far];
  near.forEach((count, place) => {
    if (count > 0) found.push([place - NEAR, count]);
  });
  return found.sort(([a], [b]) => a - b);
}

/** Of the bins that hold something, ascending. */
function calibrationSums({ near, far }: CalibrationBins): CalibrationSums[] {
  const found: [number, CalibrationSums][] = Array.from(far, ([bin, sums]) => [bin, sumsAt(sums, 0)]);
  for (let place = 0; place < near.length; place += SUMS) {
    if (near[place]! > 0) found.push([place / SUMS - NEAR, sumsAt(near, place)]);
  }
  return found.sort(([a], [b]) => a - b).map(([, sums]) => sums);
}

function sumsAt(sums: Float64Array, place: number): CalibrationSums {
  const [n, predicted, actual, squaredActual] = sums.subarray(place, place + SUMS);
  return { n: n!, predicted: predicted!, actual: actual!, squaredActual: squaredActual! };
}

function emptyCalibrationSums(): CalibrationSums {
  return { n: 0, predicted: 0, actual: 0, squaredActual: 0 };
}

function addSums(into: CalibrationSums, { n, predicted, actual, squaredActual }: CalibrationSums): void {
  into.n += n;
  into.predicted += predicted;
  into.actual += actual;
  into.squaredActual += squaredActual;
}

function groupMeans({ n, predicted, actual, squaredActual }: CalibrationSums): CalibrationGroup {
  const mean = actual / n;
  const means = { n, predicted: predicted / n, actual: mean };
  if (n < LEAST_FOR_INTERVAL) return { ...means, lower: null, upper: null };
  const variance = Math.max(0, squaredActual - n * mean ** 2) / (n - 1);
  const margin = NORMAL_975 * Math.sqrt(variance / n);
  return { ...means, lower: mean - margin, upper: mean + margin };
}

/** Bins between which all values but half a percent on either side lie. */
function middleRange(bins: Bins): [number, number] | null {
  const sorted = counts(bins);
  const total = countIn(bins);
  const from = binAt(sorted, TAIL * total);
  const to = binAt(sorted.toReversed(), TAIL * total);
  return from === null || to === null ? null : [from, to];
}

function countIn(bins: Bins): number {
  return counts(bins).reduce((n, [, count]) => n + count, 0);
}

/** The first bin up to which there are more than `rank` values. */
function binAt(bins: readonly (readonly [bin: number, count: number])[], rank: number): number | null {
  let passed = 0;
  for (const [bin, count] of bins) {
    passed += count;
    if (passed > rank) return bin;
  }
  return null;
}

function barShares(bins: Bins, bar: number, first: number, last: number) {
  const inside = new Array<number>(last - first).fill(0);
  let [below, above, total] = [0, 0, 0];
  for (const [bin, count] of counts(bins)) {
    // The middle of the bin: its edges are on those of bars, where rounding would decide.
    const place = Math.floor(((bin + 0.5) * BIN_MINUTES) / bar) - first;
    if (place < 0) below += count;
    else if (place >= inside.length) above += count;
    else inside[place]! += count;
    total += count;
  }
  const share = (count: number): number => count / total;
  return { inside: inside.map(share), below: share(below), above: share(above) };
}

/** 3 · 0.1 is not 0.3. */
function rounded(minutes: number): number {
  return Math.round(minutes * 1000) / 1000;
}
