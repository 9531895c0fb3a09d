import type { Forest } from './forest.js';
import type { Manifest } from './manifest.js';

/** A loaded model, whatever runs it. */
export interface Model extends Runner {
  readonly manifest: Manifest;
}

/** What predicts once a file is read. */
export interface Runner {
  /**
   * Predicts minutes late for `count` bookings. `rows` holds their features row after row, in the manifest's
   * order, NaN for missing; the answers are written to the front of `minutes`.
   * Forests answer synchronously; other runtimes return a promise, which rejects with AtmrError when they fail.
   */
  predict(rows: Float32Array, count: number, minutes: Float64Array): void | Promise<void>;
  close(): Promise<void>;
  /** The trees that `predict` sums up; `null` where something else answers. */
  readonly forest: Forest | null;
}
