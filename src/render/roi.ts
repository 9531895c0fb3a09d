import type { Cases, GainLine, Roi, RoiGate } from '../roi/assess.js';
import type { GainName } from '../roi/figures.js';
import type { RoiDocument } from '../roi/roi.js';
import type { Swing } from '../roi/sensitivity.js';
import { t } from '../wording/t.js';
import { saidValue } from '../wording/values-said.js';
import { leftOutText } from './exclusions.js';
import { count, counted, decimal, endsText, percent, signedPercent } from './number.js';
import type { Style } from './style.js';
import { tableText } from './table.js';

/** The return on investment as text for a terminal. */
export function roiText(document: RoiDocument, style: Style): string {
  return [
    ...heading(document, style),
    '',
    gainTable(document, style),
    '',
    ...resultLines(document, style),
    '',
    ...stepLines(document),
    '',
    ...gateLines(document.gates, style),
    '',
    ...tornadoLines(document.sensitivity, style),
  ]
    .join('\n')
    .trimEnd();
}

/** What the lines are called. */
export const gainLabels = (): Readonly<Record<GainName, string>> => ({
  over_allocation: t`over-allocation spared`,
  anticipated_delays: t`delays foreseen`,
  satisfaction: t`customers kept`,
  reassignments: t`reassignments spared`,
});

const from = (): Readonly<Record<RoiDocument['percentageFrom'], string>> => ({
  option: '--percentage',
  flag: t`the flag's`,
  default: t`the model is not on yet`,
});

function heading(document: RoiDocument, style: Style): string[] {
  const { percentage, percentageFrom, source, measured, excluded } = document;
  return [
    style.bold(t`Return on investment at ${percentage} % of the traffic (${from()[percentageFrom]})`),
    ...(source === null || measured === null
      ? [t`bookings  nothing was measured: the inputs assume it`]
      : [
          t`bookings  ${counted(measured.n, t`settled booking`, t`settled bookings`)} of ${source.name}`,
          t`saved     ${decimal(measured.minutesSaved.value)} min of error a booking  [${decimal(measured.minutesSaved.lower)}, ${decimal(measured.minutesSaved.upper)}]`,
          t`foreseen  ${percent(measured.anticipatedShare.value)} of the bookings: late, and only the model said so  [${percent(measured.anticipatedShare.lower)}, ${percent(measured.anticipatedShare.upper)}]`,
          t`lost      ${percent(measured.lostShare)}: late, and only the heuristic said so; in no line`,
          leftOutText(excluded),
        ]),
    ...simulationLines(document).map((line) => style.warn(line)),
  ];
}

function simulationLines({ simulated }: RoiDocument): string[] {
  const lines: string[] = [];
  if (simulated?.bookings) lines.push(t`! simulated bookings: this is no return of yours`);
  if (simulated?.model) lines.push(t`! the model was trained on simulated bookings`);
  return lines;
}

function gainTable({ gains, annualGainsChf, costs }: Roi, { columns }: Style): string {
  const rows = [
    ...gains.map((line) => [
      gainLabels()[line.name],
      saidValue(line.basis),
      driverText(line),
      ...chfCells(line.annualChf),
    ]),
    [t`gains`, '', '', ...chfCells(annualGainsChf)],
    [t`costs of the first year`, '', '', '', chf(costs.firstYearChf), ''],
    [t`costs of a later year`, '', '', '', chf(costs.laterYearsChf), ''],
  ];
  const head = [t`CHF a year at 100 %`, t`basis`, t`from`, t`low`, t`base`, t`high`];
  return tableText(head, rows, { columns, ruled: false });
}

/** What drives a line, in its unit. */
export const DRIVER_UNITS: Readonly<Record<GainName, (value: number | null) => string>> = {
  over_allocation: (value) => `${decimal(value)} min`,
  anticipated_delays: (value) => percent(value),
  satisfaction: (value) => t`${decimal(value, 1)} points`,
  reassignments: (value) => t`${decimal(value, 1)} a day`,
};

function driverText({ name, driver }: GainLine): string {
  return DRIVER_UNITS[name](driver.base);
}

function chfCells({ low, base, high }: Cases): string[] {
  return [chf(low), chf(base), chf(high)];
}

/** Whole francs; the dash of an unknown number. */
export function chf(value: number | null): string {
  return value === null ? decimal(null) : count(Math.round(value));
}

function resultLines(document: Roi, style: Style): string[] {
  const { roi, laterYearsRoi, breakEvenShare, paybackWeeks, insufficient } = document;
  if (insufficient !== null) return [style.warn(t`NOT ENOUGH DATA: ${insufficient}.`)];
  return [
    t`return, first year   ${casesText(roi, whole)}`,
    t`return, later years  ${casesText(laterYearsRoi, whole)}`,
    t`breaks even at       ${casesText(breakEvenShare, (value) => percent(value, 1))} of the traffic`,
    t`pays back in         ${casesText(paybackWeeks, (value) => decimal(value, 1))} weeks`,
    style.dim(t`base [low, high]; low counts each assumption that names no low case as nothing`),
  ];
}

/** A return as a whole percentage with thousands: `3,310 %`. */
export function whole(fraction: number | null): string {
  return fraction === null ? decimal(null) : t`${count(Math.round(fraction * 100))} %`;
}

function casesText({ low, base, high }: Cases, show: (value: number | null) => string): string {
  return `${show(base)}  ${endsText(show(low), show(high))}`;
}

function stepLines({ steps }: Roi): string[] {
  return steps.map((step) => t`at ${String(step.percentage).padStart(3)} %  ${casesText(step, whole)}`);
}

function gateLines(gates: readonly RoiGate[], style: Style): string[] {
  const results = {
    pass: style.good(t`pass`),
    fail: style.bad(t`FAIL`),
    insufficient: style.warn(t`not enough data`),
  };
  return gates.map(({ percentage, target, value, lower, upper, result }) => {
    const seen = `${whole(value)} ${endsText(whole(lower), whole(upper))}`;
    return t`gate at ${percentage} %: above ${whole(target)}?  ${seen}  ${results[result]}`;
  });
}

const SHOWN_SWINGS = 8;

function tornadoLines(swings: readonly Swing[], style: Style): string[] {
  if (swings.length === 0) return [];
  const shown = swings.slice(0, SHOWN_SWINGS);
  const width = Math.max(...shown.map(({ figure }) => figure.length));
  return [
    style.dim(t`What moves it, one figure at a time from low to high (±20 % where no range is known):`),
    ...shown.map(({ figure, low, high, roiLow, roiHigh }) => {
      const range = t`${decimal(low)} to ${decimal(high)}`;
      return `  ${figure.padEnd(width)}  ${range.padEnd(20)}  ${t`${signed(roiLow)} to ${signed(roiHigh)}`}`;
    }),
  ];
}

function signed(fraction: number | null): string {
  return fraction === null ? signedPercent(null) : whole(fraction);
}
