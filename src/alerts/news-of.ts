import type { Tick } from '../guard/tick.js';
import type { News } from './alerts-of.js';

/** What a tick gives to tell of. `telemetrySinceMs`: since when this process has not been able to look. */
export function newsOf(
  { survey, moved, acted, episodes }: Tick,
  {
    settleMs,
    remindMs,
    telemetrySinceMs,
  }: { settleMs: number; remindMs: number | null; telemetrySinceMs: number | null },
): News {
  const { status, nowMs, telemetryFault, exposure, assessment, modelSimulated, guard } = survey;
  const isBack =
    acted?.done === true && (guard?.act?.action === 'roll_back' || guard?.act?.action === 'disable');
  return {
    flag: status.flag?.key ?? '',
    ...{ nowMs, episodes, settleMs, remindMs },
    moved: moved?.done ? { event: moved.event, reason: moved.reason, revision: moved.revision } : null,
    telemetry: telemetryFault === null ? null : { sinceMs: telemetrySinceMs ?? nowMs, text: telemetryFault },
    percentage: isBack ? 0 : exposure.percentage,
    simulated: assessment.bookings.simulated || modelSimulated === true,
  };
}
