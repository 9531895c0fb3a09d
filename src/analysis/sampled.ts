import { seededUniforms } from '../statistics/random.js';

/** At most `most` of the rows, each with the same chance, in their order; all where there are no more. */
export function sampled<T>(rows: readonly T[], most: number, seed: number): readonly T[] {
  if (rows.length <= most) return rows;
  const uniform = seededUniforms(seed);
  let wanted = most;
  // Selection sampling (Knuth, algorithm S): each row with the chance that is left for it.
  return rows.filter((_, i) => {
    const taken = uniform() * (rows.length - i) < wanted;
    if (taken) wanted -= 1;
    return taken;
  });
}
