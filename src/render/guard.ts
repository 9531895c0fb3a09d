import type { Acted } from '../guard/act.js';
import type { Survey } from '../guard/survey.js';
import type { Tick } from '../guard/tick.js';
import { t } from '../wording/t.js';
import { saidValue } from '../wording/values-said.js';
import type { Style } from './style.js';
import { wrapped } from './wrapped.js';

/** The document of one tick. */
export function tickDocument({ survey, leads, leader, acted, moved, notRemembered, heartbeat }: Tick) {
  const { assessment, guard, exposure, telemetryFault } = survey;
  return {
    at: new Date(survey.nowMs).toISOString(),
    ...{ leads, leader },
    phase: assessment.phase,
    traffic: exposure.percentage,
    decision: assessment.decision,
    telemetry: telemetryFault,
    findings: (guard?.findings ?? []).map(
      ({ rule, level, action, value, threshold, text, looks, dryRun }) => {
        return { rule, level, action, value, threshold, text, looks, dryRun };
      },
    ),
    wanted: guard?.act ?? null,
    ...{ acted, moved, notRemembered, heartbeat },
  };
}

/** The same for people. */
export function tickText(tick: Tick, style: Style): string {
  const remarks = [
    ...headRemarks(tick),
    ...findingRemarks(tick.survey, style),
    ...doneRemarks(tick, style),
    ...troubleRemarks(tick, style),
  ];
  // Colours come after the lines are broken: they have no width.
  return remarks
    .flatMap(({ text, paint }) => wrapped(text, style.columns, '  ', '').map(paint ?? ((line) => line)))
    .join('\n');
}

interface Remark {
  readonly text: string;
  readonly paint?: (line: string) => string;
}

function headRemarks({ survey, leads, leader }: Tick): Remark[] {
  const { assessment, exposure } = survey;
  const state = t`${saidValue(assessment.phase)}, the model answers ${exposure.percentage} %`;
  if (leads) return [{ text: state }];
  const who =
    leader === null
      ? t`No guard leads: nothing is done here.`
      : t`Another guard leads (${leader}): nothing is done here.`;
  return [{ text: state }, { text: who }];
}

function findingRemarks({ guard, telemetryFault }: Survey, { bad, warn }: Style): Remark[] {
  const fault = telemetryFault === null ? [] : [{ text: `! ${telemetryFault}`, paint: bad }];
  const found = (guard?.findings ?? []).map(({ rule, text, action, dryRun }) => {
    const would = dryRun ? t` (dry run: would ${saidValue(action)})` : '';
    return { text: t`! ${rule}: ${text}${would}`, paint: warn };
  });
  const remarks = [...fault, ...found];
  return remarks.length === 0 ? [{ text: t`Nothing found.` }] : remarks;
}

function doneRemarks({ survey, leads, acted, moved }: Tick, style: Style): Remark[] {
  const wanted = leads ? null : (survey.guard?.act ?? null);
  return [
    ...(wanted === null ? [] : [{ text: t`Wanted: ${saidValue(wanted.action)}.` }]),
    ...[acted, moved].flatMap((did) => (did === null ? [] : [actedRemark(did, style)])),
  ];
}

function actedRemark({ what, done, revision, exitCode }: Acted, { bold, bad }: Style): Remark {
  if (!done) return { text: t`FAILED, tried again at the next look: ${what}`, paint: bad };
  const recorded = revision === null ? t`as a forced off` : t`as revision ${revision}`;
  const missing = exitCode === 0 ? '' : t`; not confirmed everywhere yet`;
  return { text: t`Done: ${what}, recorded ${recorded}${missing}.`, paint: bold };
}

function troubleRemarks({ survey, notRemembered, heartbeat }: Tick, { warn }: Style): Remark[] {
  const isNews = notRemembered !== null && notRemembered !== survey.telemetryFault;
  return [
    ...(isNews ? [{ text: t`! not remembered: ${notRemembered}`, paint: warn }] : []),
    ...(heartbeat === 'failed' ? [{ text: t`! the heartbeat could not be sent`, paint: warn }] : []),
  ];
}
