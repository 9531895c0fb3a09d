import { t } from '../wording/t.js';
import { STEPS } from './assess.js';
import { annualGainsChf, type Figures, firstYearCostsChf, GAINS, type GainName } from './figures.js';
import { DEFAULT_INPUTS } from './inputs.js';
import { roiAt } from './return.js';

/** What the rollout guide printed, line by line: CHF a year. */
const PUBLISHED: Readonly<Record<GainName, number>> = {
  over_allocation: 69_375,
  anticipated_delays: 270_000,
  satisfaction: 22_500,
  reassignments: 56_250,
};
const PUBLISHED_PAYBACK_WEEKS = 1;
/** The inputs that the guide names; of churn it says 2–3 points. */
const GUIDE_FIGURES: Figures = {
  ...DEFAULT_INPUTS.fixed,
  minutesSaved: 2.75,
  anticipatedShare: 0.3,
  churnPoints: 2.5,
  reassignmentsPerDay: 12.5,
};

/** The guide's return, as published and as its own formulas give it. Fractions: 33.1 is 3,310 %. */
export interface GuideRoi {
  readonly costsChf: number;
  readonly lines: readonly GuideLine[];
  readonly publishedChf: number;
  readonly recomputedChf: number;
  readonly publishedRoi: number;
  readonly recomputedRoi: number;
  readonly payback: GuidePayback;
  readonly breakEvenShare: number;
  /** With the published gains. */
  readonly steps: readonly { readonly percentage: number; readonly roi: number }[];
}

interface GuideLine {
  readonly name: GainName;
  readonly formula: string;
  /** What the guide puts into it: minutes, a share, points, or a number a day. */
  readonly driver: number;
  readonly publishedChf: number;
  readonly recomputedChf: number;
  readonly follows: boolean;
  /** Why not; `null` when it does. */
  readonly remark: string | null;
}

interface GuidePayback {
  /** "Less than". */
  readonly publishedWeeks: number;
  /** From the published gains. */
  readonly recomputedWeeks: number;
  readonly follows: boolean;
  readonly remark: string;
}

const REMARKS: Readonly<Partial<Record<GainName, () => string>>> = {
  over_allocation: () => t`3,750 × 2.75 × 50/60 is 8,593.75 a month, not 5,781`,
  satisfaction: () => t`22,500 is 1 churn point, not 2–3`,
};

/** Holds the guide's figures against the table that computes every other return here. */
export function guideRoi(): GuideRoi {
  const costsChf = firstYearCostsChf(GUIDE_FIGURES);
  const lines = (Object.keys(PUBLISHED) as GainName[]).map(guideLine);
  const publishedChf = lines.reduce((total, line) => total + line.publishedChf, 0);
  const recomputedChf = annualGainsChf(GUIDE_FIGURES);
  const publishedAt = (percentage: number) => (publishedChf * (percentage / 100) - costsChf) / costsChf;
  const recomputedWeeks = (costsChf / publishedChf) * WEEKS_A_YEAR;
  return {
    costsChf,
    lines,
    publishedChf,
    recomputedChf,
    publishedRoi: publishedAt(100),
    recomputedRoi: roiAt(GUIDE_FIGURES, 100) ?? Number.NaN,
    payback: {
      publishedWeeks: PUBLISHED_PAYBACK_WEEKS,
      recomputedWeeks,
      follows: recomputedWeeks < PUBLISHED_PAYBACK_WEEKS,
      remark: t`12,260 of 418,125 a year takes 1.5 weeks, not less than 1`,
    },
    breakEvenShare: costsChf / publishedChf,
    steps: STEPS.map((percentage) => ({ percentage, roi: publishedAt(percentage) })),
  };
}

const WEEKS_A_YEAR = 52;

function guideLine(name: GainName): GuideLine {
  const { driver, annualChf } = GAINS[name];
  const formula = GAINS[name].formula();
  const [publishedChf, recomputedChf] = [PUBLISHED[name], annualChf(GUIDE_FIGURES)];
  const follows = Math.abs(recomputedChf - publishedChf) < 1;
  const remark = REMARKS[name]?.() ?? null;
  return { name, formula, driver: GUIDE_FIGURES[driver], publishedChf, recomputedChf, follows, remark };
}
