import { decimal } from '../render/number.js';
import { t } from '../wording/t.js';
import { type Finding, fail, ok, type PlannedCheck, unknown, warn } from './check.js';

/** How far a store's clock is ahead of this machine's, and how long the question took. */
interface Reading {
  readonly aheadMs: number;
  readonly latencyMs: number;
}

const WARN_ABOVE_MS = 1000;
const FAIL_ABOVE_MS = 5000;

/** One check for all clocks: where they disagree, no store can tell which is right. */
export function clockCheck(readings: Readonly<Record<string, () => Promise<Reading>>>): PlannedCheck {
  return {
    name: 'clocks',
    expected: t`within ${WARN_ABOVE_MS / 1000} s of each other`,
    look: async () => {
      const read = await Promise.all(
        Object.entries(readings).map(async ([store, reading]) => ({
          store,
          reading: await reading().catch(() => null),
        })),
      );
      return clocks(read.flatMap(({ store, reading }) => (reading === null ? [] : [{ store, ...reading }])));
    },
  };
}

export function clocks(readings: readonly (Reading & { readonly store: string })[]): Finding {
  if (readings.length === 0) return unknown(t`no store answered to compare with`);
  const found = readings.map(({ store, aheadMs }) => aheadOrBehind(store, aheadMs)).join(t`; `);
  // Half of the round trip is not known to have been one way or the other.
  const most = Math.max(...readings.map(({ aheadMs, latencyMs }) => Math.abs(aheadMs) - latencyMs / 2));
  if (most <= WARN_ABOVE_MS) return ok(found);
  const remedy = t`Switch on time synchronisation (\`timedatectl set-ntp true\`) here and there.`;
  return most <= FAIL_ABOVE_MS ? warn(found, remedy) : fail(found, remedy);
}

function aheadOrBehind(store: string, aheadMs: number): string {
  const seconds = decimal(Math.abs(aheadMs) / 1000, 3);
  return aheadMs < 0
    ? t`${store} is ${seconds} s behind this machine`
    : t`${store} is ${seconds} s ahead of this machine`;
}
