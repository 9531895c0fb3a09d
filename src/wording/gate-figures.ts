import type { GateName } from '../rollout/gate-spec.js';
import type { Formats } from './formats.js';

type Show = (formats: Formats, value: number | null) => string;

const share: Show = (formats, value) => formats.percent(value);
const signed: Show = (formats, value) => formats.signedPercent(value);

/** How each gate's number is written. */
export const GATE_FIGURES: Readonly<Record<GateName, Show>> = {
  failure_rate: share,
  mae: (formats, value) => formats.minutes(value),
  improvement: signed,
  improvement_target: signed,
  r2: (formats, value) => formats.decimal(value),
  prediction_time_p95: (formats, value) => formats.milliseconds(value),
  crashes: (formats, value) => formats.count(value),
  stable: signed,
  roi: (formats, value) => formats.wholePercent(value),
  real_model: (formats, value) => formats.count(value),
};
