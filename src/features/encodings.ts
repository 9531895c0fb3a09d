/** Mean delay in minutes by a small integer key, with what stands for keys never seen in training. */
export interface Encoding {
  readonly default: number;
  readonly values: Readonly<Record<string, number>>;
}

/** The learned mean of `key`; the default for one never seen; NaN for an unknown key. */
export function encode(encoding: Encoding, key: number): number {
  if (Number.isNaN(key)) return key;
  return encoding.values[key] ?? encoding.default;
}
