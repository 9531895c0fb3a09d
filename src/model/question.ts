import type { Booking } from '../booking/booking.js';
import { type FeatureName, featureWriter } from '../features/features.js';
import type { Inputs } from '../features/inputs.js';
import { type OutOfRange, rangeChecker } from '../features/out-of-range.js';
import { t } from '../wording/t.js';
import type { Manifest } from './manifest.js';

/** One booking as a model sees it. */
export interface Question {
  /** The features in the order of the manifest, NaN for missing. */
  readonly row: Float32Array;
  /** What the model needs and the booking does not tell: then it must not be asked. */
  readonly lacking: readonly FeatureName[];
  readonly outOfRange: readonly OutOfRange[];
}

/** A function that puts bookings as questions to the model of this manifest. */
export function questionWriter({ features, encodings }: Manifest) {
  const write = featureWriter(
    features.map(({ name }) => name),
    encodings,
  );
  const needed = features.flatMap(({ name, missing }, column) => (missing ? [] : [{ name, column }]));
  const beyond = rangeChecker(features);
  return (booking: Booking, inputs: Inputs): Question => {
    const row = new Float32Array(features.length);
    write(inputs, booking.given, row);
    const lacking: FeatureName[] = [];
    for (const { name, column } of needed) if (Number.isNaN(row[column])) lacking.push(name);
    return { row, lacking, outOfRange: beyond(row) };
  };
}

/** "The booking does not tell distance_km, which the model needs." */
export function lackingText({ lacking }: Question): string {
  return t`The booking does not tell ${lacking.join(', ')}, which the model needs.`;
}
