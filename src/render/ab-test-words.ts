import type { AbTestDocument } from '../replay/ab-test.js';
import type { GateRow } from '../replay/gates.js';
import { numbersSaid } from '../wording/numbers-said.js';
import { t } from '../wording/t.js';
import { count, counted, decimal, percent, signedPercent } from './number.js';
import type { Style } from './style.js';

/** How the answers of `ab-test` are put, on a terminal as in a report. */

export type Answer = 'good' | 'bad' | 'warn';

export interface VerdictWords {
  readonly answer: Answer;
  /** `BETTER`, for what is read from afar. */
  readonly word: string;
  /** The same as a clause: `The model is better`. */
  readonly headline: string;
  readonly sentence: string;
}

/** The second arm's name: the heuristic, or the model that took its place. */
export function otherName({ against }: AbTestDocument): string {
  return against === null ? t`heuristic` : `${against.name} ${against.version}`;
}

/** The verdict, or with a margin whether the model is no worse than that. */
export function verdictWords(result: AbTestDocument): VerdictWords {
  const { insufficient, question, verdict } = result;
  if (insufficient !== null) return undecided(t`No interval: ${insufficient}.`);
  if (question.margin !== null) return notWorseWords(result, question.margin);
  const least = question.minImprovement;
  if (verdict === 'better') return better(least);
  if (verdict === 'worse') return worse(t`The whole interval of the improvement is above zero.`);
  return undecided(
    least === 0
      ? t`The interval of the improvement contains zero.`
      : t`The interval of the improvement is neither below ${signedPercent(-least)} nor above zero.`,
  );
}

function better(least: number): VerdictWords {
  return {
    answer: 'good',
    word: t`BETTER`,
    headline: t`The model is better`,
    sentence:
      least === 0
        ? t`The whole interval of the improvement is below zero.`
        : t`The whole interval of the improvement is below ${signedPercent(-least)}.`,
  };
}

function worse(sentence: string): VerdictWords {
  return { answer: 'bad', word: t`WORSE`, headline: t`The model is worse`, sentence };
}

function undecided(sentence: string): VerdictWords {
  return { answer: 'warn', word: t`NOT ENOUGH DATA`, headline: t`Not enough data to say`, sentence };
}

function notWorseWords({ notWorse }: AbTestDocument, margin: number): VerdictWords {
  const limit = signedPercent(margin);
  if (notWorse === 'pass') {
    return {
      answer: 'good',
      word: t`NOT WORSE`,
      headline: t`The model is not worse`,
      sentence: t`The whole interval of the improvement is below the margin of ${limit}.`,
    };
  }
  if (notWorse === 'fail') {
    return worse(t`The whole interval of the improvement is above the margin of ${limit}.`);
  }
  return undecided(t`The interval of the improvement contains the margin of ${limit}.`);
}

/** What this many bookings can see, and how many would be needed. */
export function powerLines(result: AbTestDocument): string[] {
  const { n, needed, detectableMinutes, dayCorrelation } = result;
  const lines: string[] = [];
  if (detectableMinutes !== null) {
    lines.push(
      t`At n = ${count(n)} ${soughtBy(result)} under ${decimal(detectableMinutes)} min cannot be seen.`,
    );
  }
  if (needed !== null) {
    const more = needed > n ? t` (${count(needed - n)} more)` : '';
    lines.push(t`To prove what was seen, some ${counted(needed, t`booking`)} are needed${more}.`);
  }
  if (lines.length === 0) return [];
  return [
    ...lines,
    t`(Seen means in 80 % of replays, at a correlation of ${count(dayCorrelation)} within a day.)`,
  ];
}

/** What the question is after: power is about the distance from its limit. */
function soughtBy({ question: { margin, minImprovement } }: AbTestDocument): string {
  if (margin !== null) return t`a distance from the margin`;
  return minImprovement === 0 ? t`a gain` : t`a distance from the least gain`;
}

/** What may not be overlooked; empty where bookings and models are real. */
export function simulationWarnings({ simulated, model, against }: AbTestDocument): string[] {
  const trained = model.simulated || (against?.simulated ?? false);
  if (simulated && trained) {
    return [t`bookings and model are simulated: this says nothing about your rides`];
  }
  if (simulated) return [t`simulated bookings: this says nothing about your rides`];
  return trained
    ? [t`the model was trained on simulated bookings: train your own with \`atmr-ml train\``]
    : [];
}

/** Whether the bookings are a counterfactual at all. */
export function actedOnLines(result: AbTestDocument): string[] {
  const { share, told, n, model, control, unassigned, improvement } = result.actedOn;
  if (share === null) {
    return [t`Acted on    unknown: the source has no column acted_on (did dispatch act on it?)`];
  }
  const first = t`Acted on    ${percent(share)} of ${counted(told, t`booking`)} that tell`;
  if (n === 0) return [first];
  const arms = t`${count(model.n)} of the model ${minutes(model.mae)}, ${count(control.n)} of the other arm ${minutes(control.mae)}`;
  const without = unassigned === 0 ? '' : t`, ${count(unassigned)} without a variant`;
  const gain =
    improvement === null
      ? t`improvement: not enough data`
      : t`improvement ${signedPercent(improvement.value)}  [${signedPercent(improvement.lower)}, ${signedPercent(improvement.upper)}]`;
  return [t`${first}, judged by assigned arm alone:`, t`            ${arms}${without}; ${gain}`];
}

/** The same in running text. */
export function actedOnSentence(result: AbTestDocument): string {
  const text = actedOnLines(result).join(' ').replace(/ {2,}/, t`: `);
  return `${text.replaceAll(/ {2,}/g, ' ')}.`;
}

function minutes(mae: number | null): string {
  return mae === null ? '' : t`(MAE ${decimal(mae)})`;
}

/** Narrower terminals have no room for the whole words of every language in a column. */
const ROOMY_COLUMNS = 100;

/** A result in a column of a terminal. */
export function resultInColumn(said: string, { columns }: Style): string {
  return columns < ROOMY_COLUMNS && said === t`not enough data` ? numbersSaid().tooFew : said;
}

export const gateResults = () => ({ pass: t`pass`, fail: t`FAIL`, insufficient: t`not enough data` });
export const GATE_ANSWERS = { pass: 'good', fail: 'bad', insufficient: 'warn' } as const satisfies Record<
  GateRow['result'],
  Answer
>;

export const segmentResults = () => ({
  better: t`better`,
  worse: t`WORSE`,
  insufficient: t`not enough data`,
});
export const SEGMENT_ANSWERS = { better: 'good', worse: 'bad', insufficient: 'warn' } as const;
