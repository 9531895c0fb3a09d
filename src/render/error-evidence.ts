import type { Cause, Evidence } from '../analysis/causes/cause.js';
import type { ErrorAnalysis } from '../analysis/document.js';
import { t } from '../wording/t.js';
import { localDays } from './local-days.js';
import { count, counted, decimal, percent } from './number.js';

const SHOW: Readonly<Record<Evidence['unit'], (value: number) => string>> = {
  min: (value) => `${decimal(value)} min`,
  share: (value) => percent(value),
  p: probability,
  count,
  ratio: (value) => decimal(value),
  psi: (value) => decimal(value),
  'a day': (value) => t`${decimal(value, 1)} a day`,
};

const SMALLEST_P = 0.001;

/** `p ≤ 0.001`, for nobody draws often enough to know better. */
export function probability(p: number): string {
  return p <= SMALLEST_P ? `p ≤ ${decimal(SMALLEST_P, 3)}` : `p = ${decimal(p, 3)}`;
}

/** `bookings concerned: 277`. */
export function evidenceText({ label, value, unit }: Evidence): string {
  return t`${label}: ${SHOW[unit](value)}`;
}

/** One sentence each, which nobody may overlook. */
export function warningsOf({ simulated, model, source }: ErrorAnalysis): string[] {
  return [
    ...(simulated ? [t`simulated bookings: this says nothing about your rides`] : []),
    ...(model.simulated
      ? [t`the model was trained on simulated bookings: train your own with \`atmr-ml train\``]
      : []),
    ...(source.shipped ? [t`the bookings are those that come with the package`] : []),
  ];
}

export function headlineOf({ verdict, causes }: ErrorAnalysis): string {
  if (verdict === 'not_enough_data') return t`Not enough data`;
  return verdict === 'findings' ? t`Likely cause: ${causes[0]!.name}` : t`Nothing found`;
}

export function sentenceOf({ verdict, causes, n, needed }: ErrorAnalysis): string {
  if (verdict === 'not_enough_data') {
    return t`${counted(n, t`settled booking`, t`settled bookings`)} that the model had not seen; ${counted(needed ?? 0, t`more`, t`more`)} are needed.`;
  }
  if (verdict === 'findings') return causes[0]!.sentence;
  return t`No cause of errors stands out beyond what chance gives in one of twenty analyses of a healthy model.`;
}

export function factsOf(analysis: ErrorAnalysis, timeZone: string): [label: string, value: string][] {
  const { model, source, n, analysed, period, seed, baseline } = analysis;
  return [
    [t`model`, `${model.name} ${model.version}`],
    [t`bookings`, source.name],
    [
      t`scored`,
      analysed > 0 && analysed < n ? t`${count(n)}, of which ${count(analysed)} drawn at random` : count(n),
    ],
    [t`period`, period === null ? t`without times` : localDays(period.from, period.to, timeZone)],
    [
      t`held against`,
      baseline === null ? t`the profile of training` : t`${counted(baseline.n, t`booking`)} of the baseline`,
    ],
    [t`seed`, String(seed)],
  ];
}

/** What the operator should know of one cause, in the order of asking. */
export function causeLines({ evidence, minutes, nextCommand }: Cause): { evidence: string[]; next: string } {
  const weight = minutes === null ? [] : [t`goes with ${decimal(minutes)} min of the mean error`];
  return { evidence: [...evidence.map(evidenceText), ...weight], next: nextCommand };
}
