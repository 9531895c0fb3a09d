import { oneLine } from '../one-line.js';
import type { ReasonCode } from '../rollout/assess.js';
import type { DayFigures } from '../rollout/day-figures.js';
import type { LastKnown } from '../watching/last-known.js';
import type { Showing } from '../watching/watch.js';
import { t } from '../wording/t.js';
import { saidValue } from '../wording/values-said.js';
import { bar } from './bars.js';
import { decimal } from './number.js';
import { blockOf, labelWidth, type RolloutReport, rolloutParts, timeText } from './rollout-status.js';
import { rangeOf, sparkline } from './sparkline.js';
import { durationText } from './status.js';
import { lateLines, looking, timeOf, titleText } from './status-screen.js';
import type { Style } from './style.js';
import { said } from './wrapped.js';

/** What one look of `rollout status --watch` sees. */
export interface RolloutSeen {
  readonly report: RolloutReport;
  /** The newest report for which the stores and the ledger had answered; `null` before the first. */
  readonly answered: RolloutReport | null;
}

/** Whether everything that a report rests on had answered. */
export function isAnswered({ survey }: RolloutReport): boolean {
  return survey.telemetryFault === null && survey.status.state !== 'unknown';
}

/** The rollout on a screen: where it stands and what to do first, then how far it is, and why. */
export function rolloutScreen({ value, atMs, fault }: LastKnown<RolloutSeen>, showing: Showing): string[] {
  const { style } = showing;
  if (value === null) return said(fault ?? looking(), style);
  const { report, answered } = value;
  const { headline, decision, guard, reasons } = rolloutParts(withoutUnseen(report, answered), style);
  return [
    style.dim(titleText('rollout status', report.timeZone, showing)),
    ...lateLines(atMs, fault, report.timeZone, showing),
    ...headline,
    ...decision,
    ...guard,
    ...blockOf(evidenceLines(report, answered ?? report, showing)),
    ...blockOf(reasons),
  ];
}

const OF_THE_LEDGER: readonly ReasonCode[] = ['telemetry', 'no_traffic', 'not_enough_data', 'gate_failed'];

/** While the ledger is away, which is told already, nobody knows that there was no traffic or too little data. */
function withoutUnseen(report: RolloutReport, answered: RolloutReport | null): RolloutReport {
  const { survey } = report;
  if (survey.telemetryFault === null) return report;
  const reasons = survey.assessment.reasons.filter(({ code }) => !OF_THE_LEDGER.includes(code));
  // Who leads stands where the ledger is, as a rule.
  const guard = report.guard ?? answered?.guard ?? null;
  return { ...report, guard, survey: { ...survey, assessment: { ...survey.assessment, reasons } } };
}

/** How far it is. Where somebody does not answer, what was known last, with its age. */
function evidenceLines(report: RolloutReport, known: RolloutReport, showing: Showing): string[] {
  // Of what nobody could look at there is no figure, not even zero.
  if (!isAnswered(known)) return [];
  const { style, unicode } = showing;
  const { bookings, times, approvals, gates } = rolloutParts(known, style);
  return [
    ...(known === report ? [] : ageLines(known, showing)),
    ...progressLines(known, showing),
    ...bookings,
    ...times,
    ...leftLines(known, showing),
    ...approvals,
    ...trendLines(known, style, unicode),
    ...blockOf(gates),
  ];
}

function ageLines({ survey, timeZone }: RolloutReport, { style, nowMs }: Showing): string[] {
  const age = t`${timeOf(survey.nowMs, timeZone)}, ${durationText(nowMs - survey.nowMs)} ago`;
  return said(t`! What follows is what was known at ${age}.`, style).map(style.warn);
}

const BAR_WIDTH = 30;

/** A bar of the bookings there are, towards those that are needed. */
function progressLines({ survey }: RolloutReport, { style, unicode }: Showing): string[] {
  const { step, bookings } = survey.assessment;
  if (step === null) return [];
  const share = bookings.needed === 0 ? 1 : Math.min(1, bookings.settled / bookings.needed);
  const width = Math.max(0, Math.min(BAR_WIDTH, style.columns - labelWidth() - ' 100 %'.length));
  const filled = bar(share, 1, width, unicode).padEnd(width, unicode ? '░' : '.');
  // Not before all of them are there.
  return [`${t`progress`.padEnd(labelWidth())}${filled} ${t`${Math.floor(share * 100)} %`}`];
}

/** Until the step's minimum time is over and the window is open. */
function leftLines({ survey: { assessment } }: RolloutReport, { nowMs }: Showing): string[] {
  const { nextAtMs, step } = assessment;
  if (step === null || nextAtMs === null) return [];
  const left = nextAtMs - nowMs;
  return [`${t`time left`.padEnd(labelWidth())}${left <= 0 ? t`none` : countdownText(left)}`];
}

const secondsOf = () => [
  [t`d`, 86_400] as const,
  [t`h`, 3600] as const,
  [t`min`, 60] as const,
  [t`s`, 1] as const,
];

/** "2 d 3 h", "4 min 12 s": the two largest units. */
export function countdownText(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const units = secondsOf();
  const first = units.findIndex(([, size]) => seconds >= size);
  if (first === -1) return t`0 s`;
  let rest = seconds;
  const parts = units.slice(first, first + 2).map(([unit, size]) => {
    const whole = Math.floor(rest / size);
    rest -= whole * size;
    return `${whole} ${unit}`;
  });
  return parts.join(' ');
}

type OfDay = (day: DayFigures) => number | null;

const MODEL_MAE: OfDay = ({ e, settled }) => (settled === 0 ? null : e / settled);
const HEURISTIC_MAE: OfDay = ({ h, settled }) => (settled === 0 ? null : h / settled);
const notEnough = () => t`not enough data`;
/** Behind the longest of what may stand there. */
const figureWidth = () => notEnough().length + 2;

/** Both arms' MAE by day on one scale: the days of the steps before, a line, those of this step. */
function trendLines({ survey: { sighting } }: RolloutReport, style: Style, unicode: boolean): string[] {
  const { days = [], earlier = [] } = sighting?.evidence ?? {};
  const room = Math.max(0, style.columns - labelWidth() - figureWidth() - 1);
  const own = newest(days, room);
  const before = newest(earlier, room - own.length);
  const all = [...before, ...own];
  const range = rangeOf([...all.map(MODEL_MAE), ...all.map(HEURISTIC_MAE)]);
  const border = before.length === 0 ? '' : unicode ? '│' : '|';
  const line = (label: string, of: OfDay) => {
    const value = all.map(of).findLast((one) => one !== null) ?? null;
    const figure = value === null ? notEnough() : `${decimal(value)} min`;
    const curve = [before, own].map((some) => sparkline(some.map(of), unicode, range)).join(border);
    return `${label.padEnd(labelWidth())}${figure.padEnd(figureWidth())}${curve}`.trimEnd();
  };
  return [line(t`MAE model`, MODEL_MAE), line(t`heuristic`, HEURISTIC_MAE)];
}

function newest<T>(values: readonly T[], most: number): readonly T[] {
  return most <= 0 ? [] : values.slice(-most);
}

/** Where it stands in one line of a log: "step 2 of 4, 25 %, collecting: wait – 310 of 800 bookings, earliest …". */
export function rolloutLogLine({ report }: RolloutSeen): string {
  const { assessment, exposure } = report.survey;
  const { step, steps, percentage, phase, decision } = assessment;
  const where =
    step === null
      ? saidValue(phase)
      : t`step ${step} of ${steps ?? 0}, ${percentage ?? 0} %, ${saidValue(phase)}`;
  const now =
    exposure.percentage === (percentage ?? 0) ? '' : t`, the model answers ${exposure.percentage} % now`;
  return t`${where}${now}: ${saidValue(decision)} – ${whyText(report)}`;
}

function whyText(report: RolloutReport): string {
  const { reasons, nextPercentage, bookings, step, nextAtMs } = report.survey.assessment;
  const [worst] = reasons;
  if (worst === undefined)
    return nextPercentage === null ? t`everything is met` : t`everything is met for ${nextPercentage} %`;
  const isMissing = ['minimum_time', 'not_enough_data', 'baking'].includes(worst.code);
  if (step === null || !isMissing) return oneLine(worst.text);
  // What is to come; a time that has come would be another one at each look.
  const isAhead = nextAtMs !== null && nextAtMs > report.survey.nowMs;
  const earliest = isAhead ? t`, earliest ${timeText(nextAtMs, report.timeZone)}` : '';
  return t`${bookings.settled} of ${bookings.needed} bookings${earliest}`;
}
