import type { PostTransform } from './forest.js';

/**
 * Turns the scores of one row into the graph's output, in place, as ONNX Runtime does: with a single target
 * only PROBIT changes anything (checked against onnxruntime 1.30).
 */
export function applyPostTransform(transform: PostTransform, scores: Float64Array): void {
  if (transform === 'NONE') return;
  if (transform === 'PROBIT') {
    for (let i = 0; i < scores.length; i += 1)
      scores[i] = Math.SQRT2 * inverseErf(Math.fround(2 * Math.fround(scores[i]!) - 1));
    return;
  }
  if (scores.length === 1) return;
  if (transform === 'LOGISTIC') {
    for (let i = 0; i < scores.length; i += 1) scores[i] = 1 / (1 + Math.exp(-scores[i]!));
    return;
  }
  softmax(scores, transform === 'SOFTMAX_ZERO');
}

/** `keepZeros` is SOFTMAX_ZERO: a score of exactly zero, or as good as, takes no part and stays zero. */
function softmax(scores: Float64Array, keepZeros: boolean): void {
  const largest = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (let i = 0; i < scores.length; i += 1) {
    const takesPart = !keepZeros || Math.abs(scores[i]!) > 1e-7;
    scores[i] = takesPart ? Math.exp(scores[i]! - largest) : 0;
    sum += scores[i]!;
  }
  for (let i = 0; i < scores.length && sum > 0; i += 1) scores[i]! /= sum;
}

/**
 * The approximation of the inverse error function that ONNX Runtime uses (Winitzki 2008, a = 0.147), rounded to
 * single precision where it rounds: near 0 two large terms cancel and the rounding is most of the answer.
 */
function inverseErf(x: number): number {
  const round = Math.fround;
  const a = round(0.147);
  const logarithm = round(Math.log(round(round(1 - x) * round(1 + x))));
  const half = round(round(2 / round(round(Math.PI) * a)) + round(0.5 * logarithm));
  const inside = round(round(half * half) - round(round(1 / a) * logarithm));
  return Math.sign(x) * round(Math.sqrt(round(round(Math.sqrt(inside)) - half)));
}
