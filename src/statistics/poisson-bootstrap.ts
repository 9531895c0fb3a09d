import { onGrid } from './exact-sum.js';
import { mixBits } from './mix-bits.js';
import { quantileOfSorted } from './quantile.js';

/**
 * Sums of both |error| over bookings that are weighted by as many random numbers as there are replicates: a bootstrap
 * of a stream, for drawing n of n with replacement weights each by a Poisson number of mean 1, nearly (Chamandy et al.
 * 2012). The numbers are made of the booking's key and the replicate, so nothing depends on how bookings are split.
 */
export interface ReplicateSums {
  readonly model: Float64Array;
  readonly heuristic: Float64Array;
}

/** What bookings or clusters are told apart by: 64 bits that look random, in two halves. */
export interface ReplicateKey {
  readonly high: number;
  readonly low: number;
}

/** Even: one mix of bits gives two weights. */
export const REPLICATES = 400;
const DRAWS = 1 << 16;
const LEVEL = 0.95;

export function emptyReplicates(): ReplicateSums {
  return { model: new Float64Array(REPLICATES), heuristic: new Float64Array(REPLICATES) };
}

/** Adds one booking, or one cluster of `key`, in place: this is a hot path. */
export function addReplicates(
  { model, heuristic }: ReplicateSums,
  { high, low }: ReplicateKey,
  modelError: number,
  heuristicError: number,
): void {
  const [e, h] = [onGrid(modelError), onGrid(heuristicError)];
  for (let replicate = 0; replicate < REPLICATES; replicate += 2) {
    const bits = mixBits(mixBits(low + Math.imul(replicate + 1, 0x9e3779b1)) ^ high);
    const [first, second] = [POISSON[bits & 0xffff]!, POISSON[bits >>> 16]!];
    model[replicate]! += first * e;
    heuristic[replicate]! += first * h;
    model[replicate + 1]! += second * e;
    heuristic[replicate + 1]! += second * h;
  }
}

/** Adds the replicates of another part, in place. */
export function mergeReplicates(into: ReplicateSums, from: ReplicateSums): void {
  for (let i = 0; i < REPLICATES; i += 1) {
    into.model[i]! += from.model[i]!;
    into.heuristic[i]! += from.heuristic[i]!;
  }
}

/** The 95 % percentile interval of Σ model / Σ heuristic − 1; `null` where a replicate has no heuristic error. */
export function replicateInterval({ model, heuristic }: ReplicateSums) {
  const ratios = model.map((sum, i) => sum / heuristic[i]! - 1).sort();
  if (!ratios.every(Number.isFinite)) return null;
  const tail = (1 - LEVEL) / 2;
  return { lower: quantileOfSorted(ratios, tail), upper: quantileOfSorted(ratios, 1 - tail) };
}

/** Poisson numbers of mean 1 by 16 uniform bits. */
const POISSON = poissonTable();

function poissonTable(): Uint8Array {
  const table = new Uint8Array(DRAWS);
  let count = 0;
  let probability = Math.exp(-1);
  let below = probability;
  for (let draw = 0; draw < DRAWS; draw += 1) {
    while ((draw + 0.5) / DRAWS > below) {
      count += 1;
      probability /= count;
      below += probability;
    }
    table[draw] = count;
  }
  return table;
}
