import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Reference numbers of one formula; `cases` differ in shape from file to file. */
export interface Vectors<Case> {
  readonly description: string;
  readonly tolerance: number;
  readonly cases: readonly Case[];
}

export function readVectors<Case, Extra = object>(name: string): Vectors<Case> & Extra {
  return JSON.parse(readFileSync(`fixtures/statistics/${name}.json`, 'utf8'));
}

/** Holds a number, or an array of them, to its reference within `tolerance` relative to max(1, |reference|). */
export function expectNear(actual: number | number[], reference: number | number[], tolerance: number): void {
  if (Array.isArray(reference)) {
    expect(actual).toHaveLength(reference.length);
    for (const [i, expected] of reference.entries()) expectNear([actual].flat()[i]!, expected, tolerance);
    return;
  }
  const allowed = tolerance * Math.max(1, Math.abs(reference));
  expect(Math.abs(Number(actual) - reference), `${actual} is not ${reference}`).toBeLessThanOrEqual(allowed);
}
