const MOST_EDITS = 3;

/** The name that takes the fewest edits to reach from what was written, case apart; `null` when all are far. */
export function nearestName(written: string, names: readonly string[]): string | null {
  let nearest: string | null = null;
  let fewest = Math.min(MOST_EDITS, Math.ceil(written.length / 2)) + 1;
  for (const name of names) {
    const edits = editDistance(written.toLowerCase(), name.toLowerCase());
    if (edits >= fewest) continue;
    fewest = edits;
    nearest = name;
  }
  return nearest;
}

/** Levenshtein's distance: insertions, deletions and replacements of letters from `a` to `b`. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
