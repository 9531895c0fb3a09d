import type { AbTestDocument } from '../replay/ab-test.js';
import type { GateRow } from '../replay/gates.js';
import { count, counted, decimal, percent, signedPercent } from './number.js';

/** How the answers of `ab-test` are put, on a terminal as in a report. */

export type Answer = 'good' | 'bad' | 'warn';

export interface VerdictWords {
  readonly answer: Answer;
  /** `BETTER`, for what is read from afar. */
  readonly word: string;
  readonly sentence: string;
}

/** The second arm's name: the heuristic, or the model that took its place. */
export function otherName({ against }: AbTestDocument): string {
  return against === null ? 'heuristic' : `${against.name} ${against.version}`;
}

/** The verdict, or with a margin whether the model is no worse than that. */
export function verdictWords(result: AbTestDocument): VerdictWords {
  const { insufficient, question, verdict } = result;
  if (insufficient !== null)
    return { answer: 'warn', word: UNDECIDED, sentence: `No interval: ${insufficient}.` };
  if (question.margin !== null) return notWorseWords(result, question.margin);
  const least = question.minImprovement;
  if (verdict === 'better') {
    const below = least === 0 ? 'zero' : signedPercent(-least);
    return {
      answer: 'good',
      word: 'BETTER',
      sentence: `The whole interval of the improvement is below ${below}.`,
    };
  }
  if (verdict === 'worse') {
    return { answer: 'bad', word: 'WORSE', sentence: 'The whole interval of the improvement is above zero.' };
  }
  const contained =
    least === 0 ? 'contains zero' : `is neither below ${signedPercent(-least)} nor above zero`;
  return { answer: 'warn', word: UNDECIDED, sentence: `The interval of the improvement ${contained}.` };
}

const UNDECIDED = 'NOT ENOUGH DATA';

function notWorseWords({ notWorse }: AbTestDocument, margin: number): VerdictWords {
  const limit = signedPercent(margin);
  const interval = 'interval of the improvement';
  if (notWorse === 'pass') {
    return {
      answer: 'good',
      word: 'NOT WORSE',
      sentence: `The whole ${interval} is below the margin of ${limit}.`,
    };
  }
  if (notWorse === 'fail') {
    return {
      answer: 'bad',
      word: 'WORSE',
      sentence: `The whole ${interval} is above the margin of ${limit}.`,
    };
  }
  return { answer: 'warn', word: UNDECIDED, sentence: `The ${interval} contains the margin of ${limit}.` };
}

/** What this many bookings can see, and how many would be needed. */
export function powerLines(result: AbTestDocument): string[] {
  const { n, needed, detectableMinutes, dayCorrelation } = result;
  const lines: string[] = [];
  if (detectableMinutes !== null) {
    lines.push(
      `At n = ${count(n)} ${soughtBy(result)} under ${decimal(detectableMinutes)} min cannot be seen.`,
    );
  }
  if (needed !== null) {
    const more = needed > n ? ` (${count(needed - n)} more)` : '';
    lines.push(`To prove what was seen, some ${counted(needed, 'booking')} are needed${more}.`);
  }
  if (lines.length === 0) return [];
  return [...lines, `(Seen means in 80 % of replays, at a correlation of ${dayCorrelation} within a day.)`];
}

/** What the question is after: power is about the distance from its limit. */
function soughtBy({ question: { margin, minImprovement } }: AbTestDocument): string {
  if (margin !== null) return 'a distance from the margin';
  return minImprovement === 0 ? 'a gain' : 'a distance from the least gain';
}

/** What may not be overlooked; empty where bookings and models are real. */
export function simulationWarnings({ simulated, model, against }: AbTestDocument): string[] {
  const trained = model.simulated || (against?.simulated ?? false);
  if (simulated && trained) {
    return ['bookings and model are simulated: this says nothing about your rides'];
  }
  if (simulated) return ['simulated bookings: this says nothing about your rides'];
  return trained ? ['the model was trained on simulated bookings: train your own with `atmr-ml train`'] : [];
}

/** Whether the bookings are a counterfactual at all. */
export function actedOnLines(result: AbTestDocument): string[] {
  const { share, told, n, model, control, unassigned, improvement } = result.actedOn;
  if (share === null) {
    return ['Acted on    unknown: the source has no column acted_on (did dispatch act on it?)'];
  }
  const first = `Acted on    ${percent(share)} of ${counted(told, 'booking')} that tell`;
  if (n === 0) return [first];
  const arms = `${count(model.n)} of the model ${minutes(model.mae)}, ${count(control.n)} of the other arm ${minutes(control.mae)}`;
  const without = unassigned === 0 ? '' : `, ${count(unassigned)} without a variant`;
  const gain =
    improvement === null
      ? 'improvement: not enough data'
      : `improvement ${signedPercent(improvement.value)}  [${signedPercent(improvement.lower)}, ${signedPercent(improvement.upper)}]`;
  return [`${first}, judged by assigned arm alone:`, `            ${arms}${without}; ${gain}`];
}

/** The same in running text. */
export function actedOnSentence(result: AbTestDocument): string {
  const text = actedOnLines(result).join(' ').replace(/ {2,}/, ': ');
  return `${text.replaceAll(/ {2,}/g, ' ')}.`;
}

function minutes(mae: number | null): string {
  return mae === null ? '' : `(MAE ${decimal(mae)})`;
}

export const GATE_RESULTS = { pass: 'pass', fail: 'FAIL', insufficient: 'not enough data' } as const;
export const GATE_ANSWERS = { pass: 'good', fail: 'bad', insufficient: 'warn' } as const satisfies Record<
  GateRow['result'],
  Answer
>;

export const SEGMENT_RESULTS = { better: 'better', worse: 'WORSE', insufficient: 'not enough data' } as const;
export const SEGMENT_ANSWERS = { better: 'good', worse: 'bad', insufficient: 'warn' } as const;
