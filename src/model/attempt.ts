import { t } from '../wording/t.js';
import type { Runner } from './model.js';

/** What came of asking a model about one row. */
export type Attempt =
  | { readonly kind: 'answered'; readonly minutes: number }
  | { readonly kind: 'not_finite'; readonly minutes: number }
  | { readonly kind: 'failed'; readonly cause: unknown };

/** Asks a model about one row of features. Never rejects; a forest has answered when this returns. */
export async function attemptPrediction(
  { predict }: Pick<Runner, 'predict'>,
  row: Float32Array,
): Promise<Attempt> {
  const answer = new Float64Array(1);
  try {
    await predict(row, 1, answer);
  } catch (cause) {
    return { kind: 'failed', cause };
  }
  const minutes = answer[0]!;
  return { kind: Number.isFinite(minutes) ? 'answered' : 'not_finite', minutes };
}

/** "The model answered NaN, which is no number of minutes." */
export function notFiniteText(minutes: number): string {
  return t`The model answered ${minutes}, which is no number of minutes.`;
}
