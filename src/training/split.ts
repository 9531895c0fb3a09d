import { AtmrError } from '../errors.js';
import { seededDraws } from '../statistics/random.js';
import { t } from '../wording/t.js';
import type { Example } from './training-set.js';

/** Examples in the order they are cut in, and how: the rows up to `trainEnd` train, up to `learnEnd` validate, the rest test. */
export interface SplitExamples {
  readonly by: 'time' | 'shuffle';
  readonly examples: readonly Example[];
  readonly trainEnd: number;
  /** End of training and validation: what lies before is never scored again. */
  readonly learnEnd: number;
}

const TRAIN_SHARE = 0.7;
const LEARN_SHARE = 0.85;

/**
 * Splits 70/15/15: the latest bookings test, as the model will meet bookings later than it has seen. Without a time
 * on every booking, by a seeded shuffle that does not depend on the file's order.
 */
export function splitExamples(examples: readonly Example[], seed: number): SplitExamples {
  const timed = examples.every(({ epochMs }) => epochMs !== null);
  const ordered = timed ? byTime(examples) : shuffled(byId(examples), seed);
  const cut = (share: number) => {
    const at = Math.floor(ordered.length * share);
    return timed ? endOfInstant(ordered, at) : at;
  };
  return {
    by: timed ? 'time' : 'shuffle',
    examples: ordered,
    trainEnd: cut(TRAIN_SHARE),
    learnEnd: cut(LEARN_SHARE),
  };
}

/** Throws BAD_INPUT naming the part that got no bookings, because too many of them share one instant. */
export function requireParts({ examples, trainEnd, learnEnd }: SplitExamples): void {
  const empty = emptyParts(learnEnd - trainEnd, examples.length - learnEnd);
  if (empty === null) return;
  const fact = t`No bookings are left for ${empty}: too many share one scheduled_time`;
  const remedy = t`Give the times of the rides, or leave the column out to split by a shuffle`;
  throw new AtmrError('BAD_INPUT', t`${fact}, and those stay together. ${remedy}.`);
}

/** The parts without rows, in words; `null` where there are none. */
function emptyParts(validation: number, test: number): string | null {
  if (validation === 0) return test === 0 ? t`the validation and the test part` : t`the validation part`;
  return test === 0 ? t`the test part` : null;
}

/** Contiguous blocks of the rows before `end`: neighbours in time share a day, and a fold must not know the day it is asked about. */
export function blocksOf(end: number, count: number): { from: number; to: number }[] {
  return Array.from({ length: count }, (_, block) => ({
    from: Math.floor((end * block) / count),
    to: Math.floor((end * (block + 1)) / count),
  }));
}

/** The rows from `from` up to `to`. */
export function rowsBetween(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, i) => from + i);
}

function byTime(examples: readonly Example[]): Example[] {
  return byId(examples).sort((a, b) => (a.epochMs ?? 0) - (b.epochMs ?? 0));
}

function byId(examples: readonly Example[]): Example[] {
  return [...examples].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** Fisher and Yates's shuffle. */
function shuffled(examples: Example[], seed: number): Example[] {
  const random = seededDraws(seed);
  for (let i = examples.length - 1; i > 0; i -= 1) {
    const other = random.integer(0, i);
    [examples[i], examples[other]] = [examples[other]!, examples[i]!];
  }
  return examples;
}

/** Bookings of one instant stay on one side, so that an instant says on which side a booking was. */
function endOfInstant(ordered: readonly Example[], at: number): number {
  let end = at;
  while (end < ordered.length && ordered[end]?.epochMs === ordered[end - 1]?.epochMs) end += 1;
  return end;
}
