import type { FeatureName } from '../features/features.js';
import type { Manifest } from './manifest.js';
import type { Model } from './model.js';
import { scaler } from './scaling.js';
import { type TreeShap, treeShap } from './tree-shap.js';

/** How much each feature moved one prediction; `base`, the factors and `rest` add up to it. */
export interface Explanation {
  /** `tree_shap`: against the mean of training. `occlusion`: against a booking of training medians. */
  readonly method: 'tree_shap' | 'occlusion';
  readonly base: number;
  /** The five that moved it most, largest first. */
  readonly factors: readonly Factor[];
  /** What the other features added and, by occlusion, what several did together. */
  readonly rest: number;
}

export interface Factor {
  readonly name: FeatureName;
  readonly minutes: number;
}

/** Explains the prediction `predictedMinutes` of the row of features `row`. */
export type Explainer = (row: Float32Array, predictedMinutes: number) => Explanation | Promise<Explanation>;

const MOST_FACTORS = 5;

/**
 * The way to explain a model's predictions: exact Shapley values for a forest that tells how many training rows
 * reached each node; for any other model the change when a feature is set to its training median.
 */
export function explainer(model: Model): Explainer {
  const shap = model.forest === null ? null : treeShap(model.forest);
  return shap === null ? byOcclusion(model) : byTreeShap(model.manifest, shap);
}

function byTreeShap(manifest: Manifest, { base, explain }: TreeShap): Explainer {
  const scaled = scaler(manifest);
  const minutes = new Float64Array(manifest.features.length);
  return (row, predictedMinutes) => {
    explain(scaled(row, 1), minutes);
    return addedUp('tree_shap', base, minutes, predictedMinutes, manifest);
  };
}

/** One batch: the median booking, then the booking with each feature in turn set to its median. */
function byOcclusion({ manifest, predict }: Model): Explainer {
  const width = manifest.features.length;
  const medians = Float32Array.from(manifest.features, medianOf);
  return async (row, predictedMinutes) => {
    const rows = new Float32Array((width + 1) * width);
    rows.set(medians);
    for (let feature = 0; feature < width; feature += 1) {
      const start = (feature + 1) * width;
      rows.set(row, start);
      rows[start + feature] = medians[feature]!;
    }
    const answers = new Float64Array(width + 1);
    await predict(rows, width + 1, answers);
    const minutes = answers.subarray(1).map((without) => predictedMinutes - without);
    return addedUp('occlusion', answers[0]!, minutes, predictedMinutes, manifest);
  };
}

function medianOf({ quantiles }: Manifest['features'][number]): number {
  return quantiles[Math.floor(quantiles.length / 2)] ?? Number.NaN;
}

function addedUp(
  method: Explanation['method'],
  base: number,
  minutes: Float64Array,
  predictedMinutes: number,
  { features }: Manifest,
): Explanation {
  const factors = features
    .map(({ name }, feature): Factor => ({ name, minutes: minutes[feature]! }))
    .filter((factor) => factor.minutes !== 0)
    .sort((a, b) => Math.abs(b.minutes) - Math.abs(a.minutes))
    .slice(0, MOST_FACTORS);
  const named = factors.reduce((sum, factor) => sum + factor.minutes, base);
  return { method, base, factors, rest: predictedMinutes - named };
}
