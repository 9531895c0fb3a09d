import { t } from '../../wording/t.js';
import type { Findings } from '../analyse.js';
import { heldDrift } from '../drift-days.js';
import { isWeatherFeature } from '../shares.js';
import type { Cause, SourceFlag } from './cause.js';

const COVERAGE_SLACK = 0.03;
/** Standard errors of a one-sided test at 0.001, and those between an estimate and its 95 % interval. */
const COVERAGE_Z = 3.09;
const INTERVAL_Z = 1.96;

export function weakSlice({ slices }: Findings, source: SourceFlag): Cause | null {
  const worst = slices.find(({ weak }) => weak);
  if (worst === undefined) return null;
  return {
    name: 'weak-slice',
    sentence: t`The model is weak where ${worst.text}.`,
    minutes: null,
    evidence: [
      { label: t`bookings it was tested on`, value: worst.n, unit: 'count' },
      { label: t`mean error`, value: worst.mae, unit: 'min' },
      { label: t`expected of such bookings`, value: worst.expectedMae, unit: 'min' },
      { label: t`chance without it`, value: worst.p, unit: 'p' },
    ],
    nextCommand: `atmr-ml train${source}`,
  };
}

export function intervalsOff({ calibration }: Findings, source: SourceFlag): Cause | null {
  if ('kind' in calibration || calibration.coverage.kind !== 'estimated') return null;
  const { coverage, level } = calibration;
  const standardError = (coverage.interval.upper - coverage.interval.lower) / (2 * INTERVAL_Z);
  if (coverage.value + COVERAGE_Z * standardError >= level - COVERAGE_SLACK) return null;
  return {
    name: 'intervals-off',
    sentence: t`The intervals are too narrow: outcomes fall outside of them more often than promised.`,
    minutes: null,
    evidence: [
      { label: t`outcomes inside`, value: coverage.value, unit: 'share' },
      { label: t`promised`, value: level, unit: 'share' },
    ],
    nextCommand: `atmr-ml train${source}`,
  };
}

export function inputsDrifted({ drift, driftDays }: Findings, source: SourceFlag): Cause | null {
  const drifted = drift.filter((one) => one.drifted).map(({ name }) => name);
  // Weather comes and goes with the seasons; it is a cause where the model is off in it.
  const names = [...new Set([...drifted, ...heldDrift(driftDays)])].filter(
    (name) => !isWeatherFeature(name) && name !== 'prediction',
  );
  const first = drift.find(({ name }) => name === names[0]);
  if (first === undefined) return null;
  return {
    name: 'inputs-drifted',
    sentence: t`Bookings are not what they were: ${names.slice(0, 3).join(', ')}. The errors do not show it yet.`,
    minutes: null,
    evidence: [
      { label: t`stability index of ${first.name}`, value: first.index, unit: 'psi' },
      { label: t`chance stays below`, value: first.threshold, unit: 'psi' },
      { label: t`chance without drift`, value: first.p, unit: 'p' },
    ],
    nextCommand: `atmr-ml ab-test${source}`,
  };
}
