import type { Interval } from '../statistics/estimate.js';
import { fiellerInterval } from '../statistics/fieller.js';
import { differences, type PairedErrors } from '../statistics/improvement.js';
import { pairedTTest } from '../statistics/paired-t.js';

/**
 * What the textbooks say of the same bookings, each taken for independent. It stands beside the verdict for whoever
 * compares with other tools, and decides nothing.
 */
export interface TextbookTests {
  /** Of |model error| − |heuristic error|, in minutes. */
  readonly pairedT: {
    readonly t: number;
    readonly degrees: number;
    /** Two-sided. */
    readonly pValue: number;
    /** Cohen's d_z, and Hedges' g_z without its bias in small samples; negative when the model is better. */
    readonly effectSize: number;
    readonly unbiasedEffectSize: number;
  };
  /** Fieller's 95 % interval of the improvement; `null` where the heuristic's error is too uncertain for one. */
  readonly improvementByFieller: Interval | null;
}

const ALPHA = 0.05;

/** `null` where the arms differ nowhere, or always by the same. */
export function textbookTests(errors: PairedErrors): TextbookTests | null {
  const test = pairedTTest(differences(errors));
  if (test.kind === 'insufficient') return null;
  const { t, degrees, p: pValue, effectSize, unbiasedEffectSize } = test;
  const ratio = fiellerInterval({ numerator: errors.model, denominator: errors.heuristic }, ALPHA);
  return {
    pairedT: { t, degrees, pValue, effectSize, unbiasedEffectSize },
    improvementByFieller: ratio === null ? null : { lower: ratio.lower - 1, upper: ratio.upper - 1 },
  };
}
