import { fitRows, type Problem, predictRows } from './fit-rows.js';
import { blocksOf } from './split.js';

export const FOLDS = 5;

/**
 * Predictions of the rows before `end`, each by a model that learned from the other blocks only. `onFold` is awaited
 * before each fold, which is when a spinner can turn.
 */
export async function crossPredict(
  problem: Problem,
  end: number,
  rounds: number,
  onFold: (fold: number) => Promise<void>,
): Promise<Float64Array> {
  const predicted = new Float64Array(end);
  for (const [fold, { from, to }] of blocksOf(end, FOLDS).entries()) {
    await onFold(fold + 1);
    const others = Int32Array.from({ length: end - (to - from) }, (_, i) => (i < from ? i : i + to - from));
    predicted.set(predictRows(await fitRows(problem, others, { rounds }), from, to), from);
  }
  return predicted;
}
