import type { Alert } from '../alert.js';
import { isTopic, type Topic } from './topics.js';

const STATUS = 'atmr-ml status';
const ROLLOUT_STATUS = 'atmr-ml rollout status';
const ANALYSE = 'atmr-ml analyze-errors';
const DOCTOR = 'atmr-ml doctor';

/** Where to look first. */
const LOOK_WITH = {
  failure_rate: ANALYSE,
  improvement: ANALYSE,
  prediction_time: STATUS,
  mae: ANALYSE,
  miss_rate: ANALYSE,
  assignment: STATUS,
  both_arms: STATUS,
  drift: ANALYSE,
  crash: DOCTOR,
  uptime: DOCTOR,
  silence: STATUS,
  outcomes: 'atmr-ml outcomes sync',
  weather: 'atmr-ml weather-check',
  ineligible: STATUS,
  telemetry: DOCTOR,
  rollout: ROLLOUT_STATUS,
  lost_instance: DOCTOR,
  digest: STATUS,
  test: null,
} as const satisfies Record<Topic, string | null>;

/** What a reader does next, in order. */
export function nextCommands({ subject, kind, done }: Alert): readonly string[] {
  if (kind === 'test') return [];
  if (kind === 'digest') return [STATUS];
  if (kind === 'recovered') return [ROLLOUT_STATUS];
  const look = isTopic(subject) ? LOOK_WITH[subject] : STATUS;
  const first = look === null ? [] : [look];
  // Nothing is to be undone where nothing was done.
  const action = done === null || done.dryRun ? null : done.action;
  switch (action) {
    case 'ready':
      return ['atmr-ml rollout advance'];
    case 'roll_back':
    case 'disable':
      return [...first, 'atmr-ml rollout start'];
    case 'hold':
      return [...first.filter((command) => command !== ROLLOUT_STATUS), ROLLOUT_STATUS];
    default:
      return first;
  }
}

/** What says that somebody has seen it; `null` where nothing waits for that. */
export function acknowledgement({ subject, kind }: Alert): string | null {
  const isOpen = kind === 'begun' || kind === 'acted' || kind === 'reminder';
  return isOpen && isAcknowledged(subject) ? `atmr-ml alerts ack ${subject}` : null;
}

/** Only known names become a part of a command. */
function isAcknowledged(subject: string): boolean {
  return isTopic(subject) && !['telemetry', 'rollout', 'digest', 'test'].includes(subject);
}
