import type fc from 'fast-check';

/** A parser of something that comes from outside. */
export interface Target {
  readonly name: string;
  /** A text, bytes, or a plain value that JSON can hold: it is kept when it goes wrong. */
  readonly inputs: fc.Arbitrary<unknown>;
  /**
   * Reads one input. Gives a value that satisfies its type's invariants, or throws an AtmrError; anything else that it
   * throws is a finding.
   */
  read(input: never): unknown;
}

export function target<T>(name: string, inputs: fc.Arbitrary<T>, read: (input: T) => unknown): Target {
  return { name, inputs, read: read as Target['read'] };
}

/** Throws where a number in a value, at any depth, is none that can be counted with. */
export function requireSound(value: unknown, path = 'value'): void {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${path} is ${value}`);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
  for (const [name, part] of value instanceof Map ? value : Object.entries(value)) {
    requireSound(part, `${path}.${String(name)}`);
  }
}

/** Throws a plain error, which is a finding, where something is not so. */
export function require(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(what);
}
