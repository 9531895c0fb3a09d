import { ACCURATE_BELOW_MINUTES } from '../booking/outcome.js';
import { type Insufficient, insufficient } from '../statistics/estimate.js';
import { meanOf as mean } from '../statistics/mean.js';
import { midRanks } from '../statistics/ranks.js';
import { meanUnits } from '../statistics/ratio.js';
import { estimateRatio, type WidestEstimate } from '../statistics/widest.js';
import { t } from '../wording/t.js';
import { dimensionsOf } from './dimensions.js';
import { absoluteErrorOf, type ScoredRow } from './scored-row.js';

/** Whether intervals and confidence kept what they promised. */
export interface Calibration {
  /** Share of outcomes inside of their interval, with the promised level. */
  readonly coverage: WidestEstimate;
  readonly level: number;
  readonly withInterval: number;
  /** Coverage from the narrowest fifth of the intervals to the widest. */
  readonly byWidth: readonly CoverageBin[];
  /** From the least confident fifth to the most. */
  readonly byConfidence: readonly ConfidenceBin[];
  /** Spearman's correlation of confidence and |error|: negative where confidence tells something. */
  readonly confidenceVersusError: number | null;
}

export interface CoverageBin {
  readonly n: number;
  readonly meanWidthMinutes: number;
  readonly covered: number;
}

export interface ConfidenceBin {
  readonly n: number;
  readonly promised: number;
  /** Share with |error| ≤ 3 min. */
  readonly observed: number;
  readonly mae: number;
}

const BINS = 5;
const LEAST = 50;
/** Beyond, the cluster-robust error says the same in no time. */
const BOOTSTRAP_UP_TO = 10_000;

export function calibrationOf(
  rows: readonly ScoredRow[],
  level: number | null,
  seed: number,
): Calibration | Insufficient {
  const bounded = rows.filter((row) => row.lowerMinutes !== null && row.upperMinutes !== null);
  if (level === null) return insufficient(t`the model has no interval`);
  if (bounded.length < LEAST)
    return insufficient(t`${bounded.length} of at least ${LEAST} bookings with an interval`);
  const covered = Float64Array.from(bounded, (row) => (isCovered(row) ? 1 : 0));
  const confident = rows.filter(({ confidence }) => confidence !== null);
  return {
    coverage: estimateRatio(meanUnits(covered), dimensionsOf(bounded), {
      seed,
      bootstrapUpTo: BOOTSTRAP_UP_TO,
    }),
    level,
    withInterval: bounded.length,
    byWidth: fifths(bounded, widthOf).map((bin) => ({
      n: bin.length,
      meanWidthMinutes: mean(bin.map(widthOf)),
      covered: mean(bin.map((row) => (isCovered(row) ? 1 : 0))),
    })),
    byConfidence: fifths(confident, ({ confidence }) => confidence!).map((bin) => ({
      n: bin.length,
      promised: mean(bin.map(({ confidence }) => confidence!)),
      observed: mean(bin.map((row) => (absoluteErrorOf(row) <= ACCURATE_BELOW_MINUTES ? 1 : 0))),
      mae: mean(bin.map(absoluteErrorOf)),
    })),
    confidenceVersusError: spearman(
      confident.map(({ confidence }) => confidence!),
      confident.map(absoluteErrorOf),
    ),
  };
}

function isCovered({ lowerMinutes, upperMinutes, actualMinutes }: ScoredRow): boolean {
  return actualMinutes >= lowerMinutes! && actualMinutes <= upperMinutes!;
}

function widthOf({ lowerMinutes, upperMinutes }: ScoredRow): number {
  return upperMinutes! - lowerMinutes!;
}

/** Equal parts of the rows in the order of a value; none where there are fewer than {@link LEAST}. */
function fifths(rows: readonly ScoredRow[], of: (row: ScoredRow) => number): ScoredRow[][] {
  if (rows.length < LEAST) return [];
  const sorted = [...rows].sort((a, b) => of(a) - of(b));
  const cut = (i: number) => Math.round((i * sorted.length) / BINS);
  return Array.from({ length: BINS }, (_, i) => sorted.slice(cut(i), cut(i + 1)));
}

/** `null` where one of both never varies. */
export function spearman(a: readonly number[], b: readonly number[]): number | null {
  if (a.length < 3) return null;
  const [x, y] = [midRanks(Float64Array.from(a)).ranks, midRanks(Float64Array.from(b)).ranks];
  const middle = (a.length + 1) / 2;
  const product = (p: Float64Array, q: Float64Array) =>
    p.reduce((sum, value, i) => sum + (value - middle) * (q[i]! - middle), 0);
  const spread = Math.sqrt(product(x, x) * product(y, y));
  return spread === 0 ? null : product(x, y) / spread;
}
