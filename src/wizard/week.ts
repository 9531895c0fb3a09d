import type { Survey } from '../guard/survey.js';
import { gateCells } from '../render/gate-table.js';
import { decimal } from '../render/number.js';
import { sparkline } from '../render/sparkline.js';
import type { Style } from '../render/style.js';
import { alignedRows } from '../render/table.js';
import { labelled, wrapped } from '../render/wrapped.js';
import type { Assessment } from '../rollout/assess.js';
import type { DayFigures } from '../rollout/day-figures.js';
import { NO_EVIDENCE } from '../rollout/evidence.js';
import { GATE_DEFAULTS } from '../rollout/gate-spec.js';
import { decideRolloutGate, type RolloutGate } from '../rollout/gates.js';
import { t } from '../wording/t.js';
import { whySaid } from '../wording/why-said.js';
import type { WizardWords } from './words.js';

/** How the wizard shows things: in which language, on which terminal. */
export interface Showing {
  readonly words: WizardWords;
  readonly style: Style;
  readonly unicode: boolean;
  /** An instant on the wall of the people. */
  when(ms: number): string;
}

const LABEL_WIDTH = 16;
const WEEK_MS = 7 * 86_400_000;
/** More would not fit beside their label on a narrow terminal. */
const DAYS_SHOWN = 28;

/** Where the rollout is, in at most ten lines. Pure. */
export function whereLines(
  { survey, isWatched }: { survey: Survey; isWatched: boolean },
  showing: Showing,
): string[] {
  const { words, style } = showing;
  const { assessment, rollout, exposure, nowMs } = survey;
  const { phase, step, steps, percentage } = assessment;
  const weeks = rollout === null ? null : Math.floor((nowMs - Date.parse(rollout.startedAt)) / WEEK_MS) + 1;
  const lines = [
    ...(step === null || steps === null || percentage === null
      ? [words.phases[phase]]
      : [words.headline(words.phases[phase], step, steps, percentage), stepBar(survey, showing)]),
    ...(percentage === null || exposure.percentage === percentage
      ? []
      : [words.trafficNow(exposure.percentage)]),
    ...(rollout?.stop == null || rollout.stop.text === '' ? [] : [words.stopped(whySaid(rollout.stop.text))]),
  ];
  const warnings = [...(isSimulated(survey) ? [words.simulated] : []), ...(isWatched ? [] : [words.noGuard])];
  return [
    style.bold(words.title(weeks)),
    ...lines.flatMap((line) => fitted(line, style)),
    ...warnings.flatMap((line) => fitted(`! ${line}`, style)).map(style.warn),
    ...(step === null ? [] : timeLine(assessment, showing)),
  ];
}

function isSimulated({ assessment, modelSimulated }: Survey): boolean {
  return modelSimulated === true || assessment.bookings.simulated;
}

/** "10 → [25] → 50 → 100". */
function stepBar({ rollout, assessment }: Survey, { unicode }: Showing): string {
  const shares = (rollout?.percentages ?? []).map((share, i) =>
    i === assessment.step ? `[${share}]` : `${share}`,
  );
  // The recovery step is shown only while it is the one of now.
  return shares.slice(assessment.step === 0 ? 0 : 1).join(unicode ? ' → ' : ' > ');
}

function timeLine(
  { bookings, nextAtMs, expectedAtMs, approvals }: Assessment,
  { words, style, when }: Showing,
): string[] {
  const parts = [
    words.bookings(bookings.settled, bookings.needed),
    words.earliest(nextAtMs === null ? words.notKnown : when(nextAtMs)),
    words.expected(expectedAtMs === null ? words.notKnown : when(expectedAtMs)),
    ...(approvals.needed === 0 ? [] : [words.approvals(approvals.given.length, approvals.needed)]),
  ];
  return fitted(parts.join(t`; `), style);
}

/** The week's evidence: every gate, and what is missing. */
export function gateTable({ assessment }: Survey, showing: Showing): string[] {
  const { words, style } = showing;
  const { columns } = words;
  const head = [columns.gate, columns.value, columns.target, columns.result];
  const rows = assessment.gates.map((gate) => gateRow(gate, showing));
  const table = rows.length === 0 ? [] : alignedRows(head, rows, style.columns);
  return [...table, ...reasonLines(assessment, showing)];
}

/** The days of the step as sparklines, with the last one's figure. */
export function dayLines({ sighting }: Survey, { words, style, unicode }: Showing): string[] {
  const days = (sighting?.evidence.days ?? []).slice(-DAYS_SHOWN);
  if (days.every(({ settled }) => settled === 0)) return [];
  const mean = (of: (day: DayFigures) => number) =>
    days.map((day) => (day.settled === 0 ? null : of(day) / day.settled));
  const series = [
    { label: words.modelMae, values: mean(({ e }) => e), digits: 2 },
    { label: words.heuristicMae, values: mean(({ h }) => h), digits: 2 },
    { label: words.settledADay, values: days.map(({ settled }) => settled), digits: 0 },
  ];
  const lines = series.flatMap(({ label, values, digits }) => {
    const last = values.at(-1) ?? null;
    const figure = last === null ? '–' : decimal(last, digits);
    return labelled(label, `${sparkline(values, unicode)} ${figure}`, LABEL_WIDTH, style.columns);
  });
  return [style.bold(words.days), ...lines];
}

function gateRow(gate: RolloutGate, { words, style }: Showing): string[] {
  const [, value = '', , target = ''] = gateCells(gate);
  const paint = { pass: style.good, fail: style.bad, insufficient: style.warn }[gate.result];
  return [words.gates[gate.name], value, target, paint(words.results[gate.result])];
}

/** Each kind of reason once: the gates themselves stand above. */
function reasonLines({ reasons }: Assessment, { words, style }: Showing): string[] {
  const codes = [...new Set(reasons.map(({ code }) => code))];
  return codes.flatMap((code) => fitted(`- ${words.reasons[code]}`, style)).map(style.dim);
}

/** What the model returned so far, at the share of now and at all of it. */
export function returnLines({ assessment, sighting }: Survey, { words, style }: Showing): string[] {
  if (assessment.percentage === null) return [];
  const shares = [...new Set([assessment.percentage, 100])];
  const lines = shares.map((percentage) => {
    const gate = decideRolloutGate(GATE_DEFAULTS.roi, {
      ...{ evidence: sighting?.evidence ?? NO_EVIDENCE, percentage, modelSimulated: null },
    });
    return gate.value === null ? null : words.returnAt(percentage, share(gate.value), share(gate.lower));
  });
  const known = lines.filter((line) => line !== null);
  return [
    style.bold(words.returnTitle),
    ...(known.length === 0
      ? [words.returnUnknown]
      : [...known, ...fitted(words.assumed, style).map(style.dim)]),
  ];
}

function share(fraction: number | null): string {
  return fraction === null ? '–' : `${Math.round(fraction * 100)} %`;
}

function fitted(text: string, { columns }: Style): string[] {
  return wrapped(text, columns, '  ', '');
}
