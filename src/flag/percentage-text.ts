const MOST = 100;

/**
 * The percentage (0–100, at most two decimals) that a person wrote: `25`, `12.5`, `25%`. `null` for anything
 * else: `1e2`, `true`, `-1` and `101` are more likely mistakes than meant.
 */
export function parsePercentage(text: string): number | null {
  const match = /^(\d{1,3}(?:\.\d{1,2})?)\s?%?$/.exec(text.trim());
  const percentage = Number(match?.[1] ?? Number.NaN);
  return percentage <= MOST ? percentage : null;
}
