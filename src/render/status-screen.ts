import { wallTimeText } from '../booking/local-time.js';
import type { Instance } from '../flag/instances.js';
import type { LastKnown } from '../watching/last-known.js';
import type { Showing } from '../watching/watch.js';
import { t } from '../wording/t.js';
import { saidValue } from '../wording/values-said.js';
import { type Hours, hourLines, hourText } from './hour-series.js';
import { durationText, instanceLine, isServing, type StatusReport, statusParts } from './status.js';
import type { Style } from './style.js';
import { said } from './wrapped.js';

/** Before anything is known. */
export const looking = () => t`Looking …`;

/** What one look of `status --watch` sees. */
export interface StatusSeen {
  readonly report: StatusReport;
  /** Read less often. */
  readonly hours: LastKnown<Hours>;
  /** The newest report for which the store that decides had answered; `null` before the first. */
  readonly answered: StatusReport | null;
}

/** The status on a screen: what a person acts by comes first, and the processes last, for they may be many. */
export function statusScreen({ value, atMs, fault }: LastKnown<StatusSeen>, showing: Showing): string[] {
  const { style } = showing;
  if (value === null) return said(fault ?? looking(), style);
  const { report, hours, answered } = value;
  const { timeZone, status } = report;
  return [
    style.dim(titleText('status', timeZone, showing)),
    ...lateLines(atMs, fault, timeZone, showing),
    ...lastKnownLines(report, answered, showing),
    ...stateLines(report, style),
    '',
    ...hourBlock(hours, timeZone, showing),
    '',
    ...said(liveText(report), style),
    ...processLines(status.instances, style),
  ];
}

function stateLines(report: StatusReport, style: Style): string[] {
  const { headline, change, forcedOff, state, stores, next } = statusParts(report);
  const shown = (text: string) => said(text, style);
  const isAway = (i: number) => report.status.stores[i]?.answers === false;
  return [
    ...shown(headline).map(style.bold),
    ...change.flatMap(shown),
    ...forcedOff.flatMap(shown).map(style.bad),
    ...report.warnings.flatMap(({ text }) => shown(t`Warning: ${text}`)).map(style.warn),
    ...state.flatMap(shown),
    ...stores.flatMap((text, i) => (isAway(i) ? shown(text).map(style.bad) : shown(text))),
    ...shown(next),
  ];
}

/** Those that were lost first. */
function processLines(instances: readonly Instance[], style: Style): string[] {
  const lost = instances.filter(({ live }) => !live).map(instanceLine);
  return [...lost.map(style.warn), ...instances.filter(({ live }) => live).map(instanceLine)];
}

/** The state in one line of a log. */
export function statusLogLine({ report, hours }: StatusSeen): string {
  const { status, health } = report;
  const away = status.stores.filter(({ answers }) => !answers).map(({ name }) => t`${name} does not answer`);
  return [
    shareText(report),
    ...away,
    ...(health.status === 'off'
      ? []
      : [health.status === 'healthy' ? t`healthy` : t`health: ${saidValue(health.status)}`]),
    liveText(report),
    hours.fault === null ? hourText(hours.value ?? []) : t`the ledger does not answer`,
  ].join(', ');
}

/** "on 25 %, revision 7". */
function shareText({ status }: StatusReport): string {
  const { state, flag, regressed } = status;
  const share = state === 'on' ? t`on ${flag?.percentage ?? 0} %` : saidValue(state);
  const lost = regressed && !isServing(status) ? t`, but the record lost data` : '';
  return t`${share}${lost}${flag === null ? '' : t`, revision ${flag.revision}`}`;
}

function liveText({ status: { instances, stores } }: StatusReport): string {
  const live = instances.filter((instance) => instance.live).length;
  if (instances.length > 0) return t`${live} of ${instances.length} instances live`;
  return stores[0]?.answers ? t`no instance reads it` : t`which instances read it is not known`;
}

/** Where the store that decides is away: what it said last, and how long ago. */
function lastKnownLines(report: StatusReport, answered: StatusReport | null, showing: Showing): string[] {
  if (answered === null || answered === report) return [];
  const ageMs = showing.nowMs - Date.parse(answered.at);
  const text = t`${durationText(ageMs)} ago the store that decides said: ${shareText(answered)}, ${liveText(answered)}`;
  return said(t`! ${text}`, showing.style).map(showing.style.warn);
}

function hourBlock({ value, atMs, fault }: LastKnown<Hours>, timeZone: string, showing: Showing): string[] {
  const { style, unicode, nowMs } = showing;
  if (value === null) return fault === null ? [] : awayLines(fault, style);
  const age = t`${timeOf(atMs, timeZone)}, ${durationText(nowMs - atMs)} ago`;
  return [
    ...hourLines(value, style, unicode),
    ...(fault === null
      ? [style.dim(t`Figures of ${age}.`)]
      : awayLines(t`${fault} These are of ${age}.`, style)),
  ];
}

function awayLines(text: string, style: Style): string[] {
  return said(t`! No figures of the ledger now: ${text}`, style).map(style.bad);
}

/** The first line of a screen: what it is, and when. */
export function titleText(command: string, timeZone: string, { nowMs, ending }: Showing): string {
  const parts = [`atmr-ml ${command}`, `${wallTimeText(nowMs, timeZone)} ${timeZone}`, ending];
  return parts.filter((part) => part !== '').join(' · ');
}

/** Where nobody answered for a while: since when all that follows is what it was. */
export function lateLines(
  atMs: number,
  fault: string | null,
  timeZone: string,
  { nowMs, style, lateAfterMs }: Showing,
): string[] {
  if (fault === null && nowMs - atMs < lateAfterMs) return [];
  const age = t`What follows is of ${timeOf(atMs, timeZone)}, ${durationText(nowMs - atMs)} ago`;
  return said(t`! ${fault ?? t`There was no answer since.`} ${age}.`, style).map(style.bad);
}

export function timeOf(ms: number, timeZone: string): string {
  return wallTimeText(ms, timeZone).slice(-'09:41:05'.length);
}
