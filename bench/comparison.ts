/** What is measured, and what would pass. */
export interface Contest {
  /** `status on the embedded store`. */
  readonly what: string;
  readonly unit: string;
  readonly peer: string;
  /** What the ratio ours / peer should be; `null` where nothing was asked. */
  readonly wanted: { readonly atMost: number } | { readonly atLeast: number } | null;
}

/** One line of the table: ours beside a peer's or a limit's, each measured in every round of one run. */
export interface Comparison extends Contest {
  /** Medians over the rounds. */
  readonly ours: number;
  readonly theirs: number;
  /** Of ours / theirs in one round: the median, and the least and the greatest. */
  readonly ratio: Spread;
  readonly rounds: number;
  /** Whether the median ratio is what was wanted; `null` where nothing was. */
  readonly passed: boolean | null;
}

export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly greatest: number;
}

/** One kind of measurement. `say` takes lines about its progress; its figures are what it returns. */
export interface Bench {
  readonly summary: string;
  measure(say: (line: string) => void): Promise<readonly Comparison[]>;
}

/** The comparison that pairs of measurements make, `ours[i]` and `theirs[i]` being those of round i. */
export function compared(contest: Contest, ours: readonly number[], theirs: readonly number[]): Comparison {
  if (ours.length === 0 || ours.length !== theirs.length) {
    throw new Error(`${contest.what}: ${ours.length} rounds of ours, ${theirs.length} of theirs`);
  }
  const ratios = ours.map((value, round) => value / theirs[round]!).sort((a, b) => a - b);
  const ratio = { median: median(ratios), least: ratios[0]!, greatest: ratios.at(-1)! };
  return {
    ...contest,
    ours: median(ours),
    theirs: median(theirs),
    ratio,
    rounds: ratios.length,
    passed: contest.wanted === null ? null : holds(contest.wanted, ratio.median),
  };
}

/** Measures both in turn, so that whatever else the machine does meets both, after a round that does not count. */
export async function compareInTurn(
  contest: Contest,
  rounds: number,
  ours: () => number | Promise<number>,
  theirs: () => number | Promise<number>,
): Promise<Comparison> {
  const found: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
  for (let round = -1; round < rounds; round += 1) {
    // Who comes first changes: the second may find a warmer machine, or a hotter one.
    const first = round % 2 === 0 ? await ours() : null;
    const second = await theirs();
    const mine = first ?? (await ours());
    if (round < 0) continue;
    found.ours.push(mine);
    found.theirs.push(second);
  }
  return compared(contest, found.ours, found.theirs);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function holds(wanted: NonNullable<Contest['wanted']>, ratio: number): boolean {
  return 'atMost' in wanted ? ratio <= wanted.atMost : ratio >= wanted.atLeast;
}
