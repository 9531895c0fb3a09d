import { dayLabel, localTime } from '../booking/local-time.js';
import { wallTime } from '../flag/wall-time.js';
import type { Survey } from '../guard/survey.js';
import { oneLine } from '../one-line.js';
import type { Assessment } from '../rollout/assess.js';
import { t } from '../wording/t.js';
import { saidValue } from '../wording/values-said.js';
import { whySaid } from '../wording/why-said.js';
import { gateLines } from './gate-table.js';
import { decimal, percent } from './number.js';
import type { Style } from './style.js';
import { labelled, said } from './wrapped.js';

/** Of the labels, which are longer in some languages. */
export function labelWidth(): number {
  const own = [t`stopped`, t`bookings`, t`earliest`, t`expected`, t`approvals`, t`guard`];
  const ofTheScreen = [t`progress`, t`time left`, t`MAE model`, t`heuristic`];
  return Math.max(12, ...[...own, ...ofTheScreen].map((label) => label.length + 2));
}

/** What is told beside a survey. */
export interface RolloutReport {
  readonly survey: Survey;
  /** Which guard leads; `null` when none does, or nobody knows. */
  readonly guard: string | null;
  readonly timeZone: string;
  readonly place: string;
  /** With Redis alone each machine has its own ledger, and so its own guard. */
  readonly guardScope: 'shared' | 'machine';
}

/** One object that a pipeline can act on. Fields may be added, never renamed. Minutes, and rates as fractions. */
export function rolloutDocument({ survey, guard, place, guardScope }: RolloutReport) {
  const { assessment, status, exposure, rollout } = survey;
  const { decision, safeToAdvance, phase, step, steps, percentage, nextPercentage, reasons } = assessment;
  const { gates, bookings, approvals } = assessment;
  return {
    ...{ decision, safeToAdvance, phase, step, steps, percentage, nextPercentage },
    traffic: exposure.percentage,
    ...{ reasons, gates },
    nextAt: isoTime(assessment.nextAtMs),
    expectedAt: isoTime(assessment.expectedAtMs),
    nextCommand: assessment.nextCommand,
    ...{ bookings, approvals },
    findings: (survey.guard?.findings ?? []).map(
      ({ rule, level, action, value, threshold, text, dryRun }) => {
        return { rule, level, action, value, threshold, text, dryRun };
      },
    ),
    simulated: { bookings: bookings.simulated, model: survey.modelSimulated },
    uptime: survey.sighting?.uptime ?? null,
    ...{ guard, guardScope },
    startedAt: rollout?.startedAt ?? null,
    stepAt: rollout?.stepAt ?? null,
    model: status.flag?.model ?? null,
    revision: status.flag?.revision ?? null,
    flag: status.flag?.key ?? null,
    place,
    at: new Date(survey.nowMs).toISOString(),
  };
}

/** The same for people. */
export function rolloutText(report: RolloutReport, style: Style): string {
  const { headline, bookings, times, approvals, guard, gates, reasons, decision } = rolloutParts(
    report,
    style,
  );
  return [
    ...[...headline, '', ...bookings, ...times, ...approvals, ...guard],
    ...[...blockOf(gates), ...blockOf(reasons), '', ...decision],
  ].join('\n');
}

/** With an empty line before it, where there is something. */
export function blockOf(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

/** What a report says, by what the lines are about. */
export function rolloutParts(report: RolloutReport, style: Style) {
  const { survey, timeZone } = report;
  const { assessment, exposure } = survey;
  return {
    headline: [
      ...said(headline(assessment, exposure.percentage), style).map(style.bold),
      ...stopLines(survey, style),
      ...simulatedLines(survey, style),
    ],
    bookings: bookingLines(assessment, style),
    times: timeLines(assessment, timeZone),
    approvals: approvalLines(assessment, style),
    guard: guardLines(report, style),
    gates: assessment.gates.length === 0 ? [] : gateLines(assessment.gates, style),
    reasons: reasonLines(assessment, style),
    decision: DECISIONS[assessment.decision](assessment, style).split('\n'),
  };
}

function headline({ phase, step, steps, percentage, reasons }: Assessment, traffic: number): string {
  if (reasons.some(({ code }) => code === 'flag_unknown')) return t`No store says where the rollout stands.`;
  if (step === null) return t`No rollout was started; the model answers ${traffic} %.`;
  const where = t`step ${step} of ${steps ?? 0}, ${percentage ?? 0} %`;
  const now = traffic === percentage ? '' : t`; the model answers ${traffic} % now`;
  return t`Rollout: ${saidValue(phase)} at ${where}${now}`;
}

function stopLines({ rollout }: Survey, { columns }: Style): string[] {
  if (rollout?.stop == null) return [];
  const text = t`${saidValue(rollout.stop.code)}: ${whySaid(oneLine(rollout.stop.text)) || t`no reason given`}`;
  return labelled(t`stopped`, text, labelWidth(), columns);
}

function simulatedLines({ assessment, modelSimulated }: Survey, style: Style): string[] {
  const parts = [
    ...(assessment.bookings.simulated ? [t`bookings`] : []),
    ...(modelSimulated === true ? [t`the model’s training`] : []),
  ];
  if (parts.length === 0) return [];
  const text = t`! simulated: ${parts.join(t` and `)}; this says nothing about your rides`;
  return said(text, style).map(style.warn);
}

function bookingLines({ bookings, step }: Assessment, { columns }: Style): string[] {
  if (step === null) return [];
  const { settled, needed, perDay, coverage } = bookings;
  const rate = perDay === null ? '' : t`, ${decimal(perDay, 0)} a day`;
  const known =
    coverage === null ? t`no whole day is due yet` : t`outcomes known for ${percent(coverage, 0)}`;
  const text = t`${settled} settled of ${needed} needed${rate}; ${known}`;
  return labelled(t`bookings`, text, labelWidth(), columns);
}

function timeLines({ nextAtMs, expectedAtMs, step }: Assessment, timeZone: string): string[] {
  if (step === null) return [];
  const show = (ms: number | null) => (ms === null ? t`not known` : timeText(ms, timeZone));
  return [
    t`earliest`.padEnd(labelWidth()) + show(nextAtMs),
    t`expected`.padEnd(labelWidth()) + t`${show(expectedAtMs)} at the rate of today`,
  ];
}

function approvalLines({ approvals: { given, needed } }: Assessment, { columns }: Style): string[] {
  if (needed === 0 && given.length === 0) return [];
  const by = given.length === 0 ? '' : ` (${given.join(', ')})`;
  return labelled(t`approvals`, t`${given.length} of ${needed}${by}`, labelWidth(), columns);
}

function guardLines({ survey, guard: leader, guardScope }: RolloutReport, style: Style): string[] {
  const { guard, telemetryFault } = survey;
  const scope = guardScope === 'machine' ? t`, for this machine alone (Redis without Postgres)` : '';
  const watch = leader ?? t`nobody watches; run \`atmr-ml serve\` or \`atmr-ml guard\``;
  const lead = labelled(t`guard`, `${watch}${scope}`, labelWidth(), style.columns);
  const found = (guard?.findings ?? []).flatMap(({ rule, text, dryRun }) =>
    said(t`! ${rule}: ${text}${dryRun ? t` (dry run)` : ''}`, style).map(style.warn),
  );
  const fault = telemetryFault === null ? [] : said(`! ${telemetryFault}`, style).map(style.bad);
  return [...(leader === null ? lead.map(style.warn) : lead), ...fault, ...found];
}

function reasonLines({ reasons }: Assessment, style: Style): string[] {
  return reasons.flatMap(({ text }) => said(`- ${oneLine(text)}`, style).map(style.dim));
}

const DECISIONS: Readonly<Record<Assessment['decision'], (assessment: Assessment, style: Style) => string>> =
  {
    advance: (assessment, style) => style.good(advanceText(assessment)),
    hold: (assessment, style) =>
      [style.bad(t`HOLD: do not raise the traffic.`), ...afterTheCause(assessment)].join('\n'),
    rollback: (_, style) => style.bad(t`ROLL BACK: a breach is proven. Run \`atmr-ml rollout rollback\`.`),
    wait: (_, style) => style.warn(t`WAIT: not everything is there yet.`),
  };

function advanceText({ nextPercentage, approvals: { given, needed } }: Assessment): string {
  const met = nextPercentage === null ? t`everything is met` : t`everything is met for ${nextPercentage} %`;
  const missing = needed - given.length;
  const agree = missing > 1 ? t`; ${missing} people have to agree yet` : '';
  return t`ADVANCE: ${met}${agree}. Run \`atmr-ml rollout advance\`.`;
}

function afterTheCause({ nextCommand }: Assessment): string[] {
  return nextCommand === null ? [] : [t`Once the cause is mended: \`${nextCommand}\`.`];
}

/** "2026-11-30 08:00" on the wall of the people. */
export function timeText(ms: number, timeZone: string): string {
  const iso = new Date(ms).toISOString();
  const minute = wallTime(iso, { timeZone, nowMs: ms });
  return `${dayLabel(localTime(ms, timeZone).dayNumber)} ${minute}`;
}

function isoTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
