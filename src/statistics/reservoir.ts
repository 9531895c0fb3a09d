import { seededUniforms } from './random.js';

/** A random choice from what passes, while it passes. */
export interface Reservoir<T> {
  add(item: T): void;
  /** What was chosen, in the order in which it passed: everything while there is no more than fits. */
  items(): T[];
}

/** Holds at most `most` items, each of all that passed with the same chance (Vitter, algorithm R). */
export function reservoir<T>(most: number, seed: number): Reservoir<T> {
  const uniform = seededUniforms(seed);
  const chosen: { readonly at: number; readonly item: T }[] = [];
  let passed = 0;
  return {
    add(item) {
      const place = chosen.length < most ? passed : Math.floor(uniform() * (passed + 1));
      if (place < most) chosen[place] = { at: passed, item };
      passed += 1;
    },
    items: () => [...chosen].sort((a, b) => a.at - b.at).map(({ item }) => item),
  };
}
