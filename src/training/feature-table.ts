import { type Encodings, type FeatureName, featureWriter } from '../features/features.js';
import type { Example } from './training-set.js';

/** The named features of every example, row after row, NaN for missing. */
export function featureTable(
  examples: readonly Example[],
  names: readonly FeatureName[],
  encodings: Encodings,
): Float32Array {
  const write = featureWriter(names, encodings);
  const table = new Float32Array(examples.length * names.length);
  for (let row = 0; row < examples.length; row += 1) {
    const { inputs, given } = examples[row]!;
    write(inputs, given, table, row * names.length);
  }
  return table;
}

/** The known values of one column in the rows before `end`. */
export function columnValues(table: Float32Array, width: number, column: number, end: number): Float64Array {
  const values: number[] = [];
  for (let row = 0; row < end; row += 1) {
    const value = table[row * width + column]!;
    if (!Number.isNaN(value)) values.push(value);
  }
  return Float64Array.from(values);
}
