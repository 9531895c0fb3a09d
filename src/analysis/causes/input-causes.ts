import { numbersSaid } from '../../wording/numbers-said.js';
import { t } from '../../wording/t.js';
import type { Findings } from '../analyse.js';
import type { Share } from '../shares.js';
import type { Cause, CauseName, Evidence, SourceFlag } from './cause.js';
import { ALPHA } from './material.js';

export function modelFailing({ shares: { failures } }: Findings): Cause | null {
  if (failures.p > ALPHA.share) return null;
  return {
    name: 'model-failing',
    sentence: t`The model failed on ${share(failures)} of the attempts.`,
    minutes: null,
    evidence: shareEvidence(failures),
    nextCommand: 'atmr-ml model list',
  };
}

export function inputFault(
  { shares: { outOfRangeInputs: fault } }: Findings,
  source: SourceFlag,
): Cause | null {
  if (fault.p > ALPHA.share || fault.mae === null || fault.othersMae === null) return null;
  const names = fault.features.slice(0, 3).map(({ name }) => name);
  return {
    name: 'input-fault',
    sentence: t`Inputs are faulty: ${names.join(', ')} of ${share(fault)} of the bookings lie outside all that training saw.`,
    minutes: (fault.count / fault.of) * Math.max(0, fault.mae - fault.othersMae),
    evidence: [
      ...shareEvidence(fault),
      { label: t`mean error of these`, value: fault.mae, unit: 'min' },
      { label: t`mean error of all others`, value: fault.othersMae, unit: 'min' },
    ],
    nextCommand: csvCommand(source),
  };
}

/** Inputs that many bookings came without. */
export function missingInputs({ shares }: Findings, source: SourceFlag): (Cause | null)[] {
  const { weatherDefault, missingDistance, ineligible } = shares;
  return [
    missing(
      weatherDefault,
      'weather-missing',
      (part) => t`${part} of the bookings had no weather.`,
      'atmr-ml weather-check',
    ),
    missing(
      missingDistance,
      'distance-missing',
      (part) => t`${part} of the bookings had no distance.`,
      csvCommand(source),
    ),
    missing(
      ineligible,
      'bookings-ineligible',
      (part) => t`${part} of the bookings lacked an input the model needs.`,
      'atmr-ml model list',
    ),
  ];
}

function missing(
  share_: Share,
  name: CauseName,
  say: (part: string) => string,
  nextCommand: string,
): Cause | null {
  if (share_.p > ALPHA.share) return null;
  const sentence = say(share(share_));
  return { name, sentence, minutes: null, evidence: shareEvidence(share_), nextCommand };
}

function csvCommand(source: SourceFlag): string {
  return `atmr-ml analyze-errors${source} --worst 20 --csv scored.csv`;
}

function share({ count, of }: Share): string {
  return numbersSaid().percent(count / of);
}

function shareEvidence({ count, of, limit }: Share): Evidence[] {
  return [
    { label: t`bookings concerned`, value: count, unit: 'count' },
    { label: t`of`, value: of, unit: 'count' },
    { label: t`allowed share`, value: limit, unit: 'share' },
  ];
}
