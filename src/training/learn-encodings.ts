import type { Encoding } from '../features/encodings.js';
import { type Encodings, experienceLevel } from '../features/features.js';
import type { Inputs } from '../features/inputs.js';
import type { Example } from './training-set.js';

/** Bookings whose weight the overall mean has in each group's mean: a night hour seen twice says little. */
const PRIOR_BOOKINGS = 10;

/** Learns the mean delays by hour, weekday and driver's experience from the examples of `rows`. */
export function learnEncodings(examples: readonly Example[], rows: Int32Array): Encodings {
  return {
    delay_by_hour: meansBy(examples, rows, ({ hour }) => hour),
    delay_by_day: meansBy(examples, rows, ({ weekday }) => weekday),
    delay_by_driver_exp: meansBy(examples, rows, experienceLevel),
  };
}

function meansBy(
  examples: readonly Example[],
  rows: Int32Array,
  keyOf: (inputs: Inputs) => number,
): Encoding {
  const groups = new Map<number, { sum: number; count: number }>();
  let total = 0;
  for (const row of rows) {
    const { inputs, delayMinutes } = examples[row]!;
    total += delayMinutes;
    const key = keyOf(inputs);
    if (Number.isNaN(key)) continue;
    const group = groups.get(key) ?? { sum: 0, count: 0 };
    group.sum += delayMinutes;
    group.count += 1;
    groups.set(key, group);
  }
  const mean = total / rows.length;
  const entries = [...groups]
    .sort(([a], [b]) => a - b)
    .map(([key, { sum, count }]) => [key, (sum + PRIOR_BOOKINGS * mean) / (count + PRIOR_BOOKINGS)]);
  return { default: mean, values: Object.fromEntries(entries) };
}
