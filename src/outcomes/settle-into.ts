import type { Ledger, Outcome, Settlement } from '../ledger/ledger.js';

/** {@link Settlement}, or `null` for each where nothing was written. */
export type Settled = { readonly [Count in keyof Settlement]: number | null };

export const NOTHING_SETTLED: Settled = {
  settled: null,
  corrected: null,
  unchanged: null,
  unpredicted: null,
};

/** Settles outcomes in batches of `size`, and adds up what became of them. */
export function settleInto(ledger: Ledger, nowMs: number, size: number) {
  const total = { settled: 0, corrected: 0, unchanged: 0, unpredicted: 0 };
  let batch: Outcome[] = [];
  async function flush(): Promise<void> {
    if (batch.length === 0) return;
    const { settled, corrected, unchanged, unpredicted } = await ledger.settle(batch, nowMs);
    batch = [];
    total.settled += settled;
    total.corrected += corrected;
    total.unchanged += unchanged;
    total.unpredicted += unpredicted;
  }
  return {
    async add(outcome: Outcome): Promise<void> {
      batch.push(outcome);
      if (batch.length >= size) await flush();
    },
    async finish(): Promise<Settlement> {
      await flush();
      return total;
    },
  };
}
