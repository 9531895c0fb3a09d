import type { Manifest } from './manifest.js';

/**
 * A function that standardises `count` rows, (value − mean) / scale, where the manifest asks for it. Its answer is
 * the rows themselves, or a buffer that the next call overwrites.
 */
export function scaler({ scaling, features }: Pick<Manifest, 'scaling' | 'features'>) {
  if (scaling === undefined) return (rows: Float32Array): Float32Array => rows;
  const width = features.length;
  const { mean, scale } = scaling;
  let scaled = new Float32Array(width);
  return (rows: Float32Array, count: number): Float32Array => {
    if (scaled.length < count * width) scaled = new Float32Array(count * width);
    for (let i = 0; i < count * width; i += 1) scaled[i] = (rows[i]! - mean[i % width]!) / scale[i % width]!;
    return scaled;
  };
}
