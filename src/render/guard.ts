import type { Acted } from '../guard/act.js';
import type { Tick } from '../guard/tick.js';
import type { Style } from './style.js';

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
  const { survey, leads, leader, acted, moved, notRemembered, heartbeat } = tick;
  const { guard, exposure, telemetryFault, assessment } = survey;
  const lead = leads ? [] : [`Another guard leads (${leader ?? 'unknown'}): nothing is done here.`];
  const fault = telemetryFault === null ? [] : [style.bad(`! ${telemetryFault}`)];
  const found = (guard?.findings ?? []).map(({ rule, text, action, dryRun }) => {
    return style.warn(`! ${rule}: ${text}${dryRun ? ` (dry run: would ${action.replace('_', ' ')})` : ''}`);
  });
  const wanted = !leads && guard?.act ? [`Wanted: ${guard.act.action.replace('_', ' ')}.`] : [];
  const done = acted === null ? [] : [actedLine(acted, style)];
  const plan = moved === null ? [] : [actedLine(moved, style)];
  const memory =
    notRemembered === null || notRemembered === telemetryFault
      ? []
      : [style.warn(`! not remembered: ${notRemembered}`)];
  const beat = heartbeat === 'failed' ? [style.warn('! the heartbeat could not be sent')] : [];
  const quiet = found.length === 0 && fault.length === 0 ? ['Nothing found.'] : [];
  const state = `${assessment.phase.replace('_', ' ')}, the model answers ${exposure.percentage} %`;
  return [state, ...lead, ...fault, ...quiet, ...found, ...wanted, ...done, ...plan, ...memory, ...beat].join(
    '\n',
  );
}

function actedLine({ what, done, revision, exitCode }: Acted, style: Style): string {
  if (!done) return style.bad(`FAILED, tried again at the next look: ${what}`);
  const recorded = revision === null ? 'as a forced off' : `as revision ${revision}`;
  const missing = exitCode === 0 ? '' : '; not confirmed everywhere yet';
  return style.bold(`Done: ${what}, recorded ${recorded}${missing}.`);
}
