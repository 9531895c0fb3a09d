import type { Clock } from '../clock.js';
import { AtmrError } from '../errors.js';
import { type Attempt, attemptPrediction, notFiniteText } from '../model/attempt.js';
import { t } from '../wording/t.js';
import type { Considered } from './consider.js';
import { waitFor, within } from './within.js';

/** What came of the model for one booking. */
export type Verdict =
  | { readonly attempt: 'answered'; readonly minutes: number; readonly tookMs: number }
  | {
      readonly attempt: 'failed' | 'not_finite';
      readonly detail: string;
      readonly cause?: unknown;
      readonly tookMs: number;
    }
  /** `tookMs` is `null` for one that never came to an end. */
  | { readonly attempt: 'late'; readonly detail: string; readonly tookMs: number | null };

export interface Asked {
  /** Known at the deadline at the latest. */
  readonly verdict: Promise<Verdict>;
  /** The same once the model has really ended, with its true time. */
  readonly ended: Promise<Verdict>;
  /** Ends the waiting for a model that is late. */
  giveUp(): void;
}

/** How long a model that is late is waited for, to know how late it was. Until then the guard does not know of it. */
const LONGEST_MS = 10_000;

/** Asks the model, which has `leftMs`. Neither promise rejects. */
export function askModel(
  { prepared, question }: NonNullable<Considered['asked']>,
  leftMs: number,
  clock: Clock,
): Asked {
  const startedMs = clock.monotonicMs();
  const ending = attemptPrediction(prepared.model, question.row).then((attempt) => ({
    attempt,
    tookMs: clock.monotonicMs() - startedMs,
  }));
  const judge = (end: Ended | null): Verdict => verdictOf(end, leftMs);
  const { result, giveUp } = waitFor(ending, Math.max(LONGEST_MS, leftMs));
  return { verdict: within(ending, leftMs).then(judge), ended: result.then(judge), giveUp };
}

interface Ended {
  readonly attempt: Attempt;
  readonly tookMs: number;
}

/** By the clock and not by which timer rang first: a busy process rings late. */
function verdictOf(end: Ended | null, leftMs: number): Verdict {
  if (end === null || end.tookMs > leftMs) {
    return { attempt: 'late', detail: late(), tookMs: end?.tookMs ?? null };
  }
  const { attempt, tookMs } = end;
  if (attempt.kind === 'answered') return { attempt: 'answered', minutes: attempt.minutes, tookMs };
  if (attempt.kind === 'not_finite') {
    return { attempt: 'not_finite', detail: notFiniteText(attempt.minutes), tookMs };
  }
  // What a library throws is for the log: it may tell more than a caller should know.
  const { cause } = attempt;
  const detail = cause instanceof AtmrError ? cause.message : t`The model failed.`;
  return { attempt: 'failed', detail, cause, tookMs };
}

const late = () => t`The model did not answer before the deadline.`;
