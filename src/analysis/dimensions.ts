import { UNKNOWN_CLUSTER } from '../statistics/cluster.js';
import type { Dimension } from '../statistics/widest.js';
import type { ScoredRow } from './scored-row.js';

/** What bookings share that makes their errors alike: their day and their driver. */
export function dimensionsOf(rows: readonly ScoredRow[]): Dimension[] {
  const numbers = new Map<string, number>();
  const numberOf = (driver: string): number => {
    const known = numbers.get(driver) ?? numbers.size;
    numbers.set(driver, known);
    return known;
  };
  return [
    { name: 'day', ids: Int32Array.from(rows, ({ day }) => day ?? UNKNOWN_CLUSTER) },
    {
      name: 'driver',
      ids: Int32Array.from(rows, ({ driverId }) =>
        driverId === null ? UNKNOWN_CLUSTER : numberOf(driverId),
      ),
    },
  ];
}
