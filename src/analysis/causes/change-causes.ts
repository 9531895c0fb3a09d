import { numbersSaid } from '../../wording/numbers-said.js';
import { t } from '../../wording/t.js';
import type { Findings } from '../analyse.js';
import type { Cause, SourceFlag } from './cause.js';
import { ALPHA, ATTRIBUTION_ALPHA, CONTRAST_MINUTES, materialShift } from './material.js';
import { fromFlag, shareOfDays, sinceText } from './stretch.js';

const WORSE_MINUTES = 0.25;
const SURGE_RATIO = 1.3;
const SURGE_ALPHA = 0.01;
const SURE_SURGE = 0.001;

export function modelOutdated({ overTime }: Findings, source: SourceFlag): Cause | null {
  const { difference, differenceShift: shift, differenceInShift: within } = overTime;
  const since = shift.kind === 'tested' && shift.p <= ALPHA.differenceShift && shift.shift > 0 ? shift : null;
  const level = since !== null && within?.kind === 'tested' && since.inside > 0 ? within : difference;
  if (level.kind !== 'tested') return null;
  if (level.p > ALPHA.difference || level.mean < WORSE_MINUTES) return null;
  const when = level === within && since !== null ? since : null;
  return {
    name: 'model-outdated',
    sentence: t`Rides no longer go as the model learned: the heuristic is nearer${sinceText(when)}.`,
    minutes: shareOfDays(when, overTime.series.days) * level.mean,
    evidence: [
      { label: t`|model error| − |heuristic error|`, value: level.mean, unit: 'min' },
      ...(when === null ? [] : [{ label: t`before`, value: when.outside, unit: 'min' } as const]),
      { label: t`chance without a difference`, value: level.p, unit: 'p' },
    ],
    nextCommand: `atmr-ml ab-test${source}${fromFlag(when)}`,
  };
}

export function demandSurge({ overTime, demand }: Findings, source: SourceFlag): Cause | null {
  if (demand.kind !== 'tested' || demand.ratio < SURGE_RATIO || demand.p > SURGE_ALPHA) return null;
  // Chance hardly ever gives a surge and, on the same days, a shift: both together need less of each.
  const shift = materialShift(
    overTime.biasShift,
    demand.p <= SURE_SURGE ? ATTRIBUTION_ALPHA : ALPHA.biasShift,
  );
  if (shift === null || shift.shift > 0) return null;
  return {
    name: 'demand-surge',
    sentence: t`Rides come later than predicted${sinceText(shift)}, with ${numbersSaid().decimal(demand.ratio, 1)} times the bookings a day.`,
    minutes:
      shareOfDays(shift, overTime.series.days) *
      Math.max(0, Math.abs(shift.inside) - Math.abs(shift.outside)),
    evidence: [
      { label: t`bookings then`, value: demand.inside, unit: 'a day' },
      { label: t`on the other days`, value: demand.outside, unit: 'a day' },
      { label: t`predicted − actual then`, value: shift.inside, unit: 'min' },
      { label: t`on the other days`, value: shift.outside, unit: 'min' },
      { label: t`chance without a change`, value: shift.p, unit: 'p' },
    ],
    nextCommand: `atmr-ml ab-test${source}${fromFlag(shift)}`,
  };
}

export function shiftUnexplained({ overTime }: Findings, source: SourceFlag): Cause | null {
  const shift = materialShift(overTime.biasShift);
  const { bias } = overTime;
  if (
    shift === null &&
    (bias.kind !== 'tested' || bias.p > ALPHA.bias || Math.abs(bias.mean) < CONTRAST_MINUTES)
  )
    return null;
  const off = shift?.inside ?? (bias.kind === 'tested' ? bias.mean : 0);
  return {
    name: 'shift-unexplained',
    sentence:
      off < 0
        ? t`Rides come later than predicted${sinceText(shift)}, and nothing recorded tells why.`
        : t`Rides come earlier than predicted${sinceText(shift)}, and nothing recorded tells why.`,
    minutes: shareOfDays(shift, overTime.series.days) * Math.abs(off),
    evidence: [
      { label: t`predicted − actual`, value: off, unit: 'min' },
      ...(shift === null
        ? []
        : [{ label: t`on the other days`, value: shift.outside, unit: 'min' } as const]),
      { label: t`chance without it`, value: shift?.p ?? (bias.kind === 'tested' ? bias.p : 1), unit: 'p' },
    ],
    nextCommand: `atmr-ml ab-test${source}${fromFlag(shift)}`,
  };
}
