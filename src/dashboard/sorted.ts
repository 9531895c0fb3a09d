/** What is not known comes last, whichever way. */
export function sorted<T>(
  rows: readonly T[],
  by: ((row: T) => number | string | null) | undefined,
  descending: boolean,
): readonly T[] {
  if (by === undefined) return rows;
  return [...rows].sort((a, b) => {
    const [left, right] = [by(a), by(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    const order =
      typeof left === 'number' && typeof right === 'number'
        ? left - right
        : String(left).localeCompare(String(right), undefined, { numeric: true });
    return descending ? -order : order;
  });
}
