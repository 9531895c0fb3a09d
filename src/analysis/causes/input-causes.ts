import type { Findings } from '../analyse.js';
import type { Share } from '../shares.js';
import type { Cause, CauseName, Evidence, SourceFlag } from './cause.js';
import { ALPHA } from './material.js';

export function modelFailing({ shares: { failures } }: Findings): Cause | null {
  if (failures.p > ALPHA.share) return null;
  return {
    name: 'model-failing',
    sentence: `The model failed on ${share(failures)} of the attempts.`,
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
    sentence: `Inputs are faulty: ${names.join(', ')} of ${share(fault)} of the bookings lie outside all that training saw.`,
    minutes: (fault.count / fault.of) * Math.max(0, fault.mae - fault.othersMae),
    evidence: [
      ...shareEvidence(fault),
      { label: 'mean error of these', value: fault.mae, unit: 'min' },
      { label: 'mean error of all others', value: fault.othersMae, unit: 'min' },
    ],
    nextCommand: csvCommand(source),
  };
}

/** Inputs that many bookings came without. */
export function missingInputs({ shares }: Findings, source: SourceFlag): (Cause | null)[] {
  const { weatherDefault, missingDistance, ineligible } = shares;
  return [
    missing(weatherDefault, 'weather-missing', 'bookings had no weather', 'atmr-ml weather-check'),
    missing(missingDistance, 'distance-missing', 'bookings had no distance', csvCommand(source)),
    missing(
      ineligible,
      'bookings-ineligible',
      'bookings lacked an input the model needs',
      'atmr-ml model list',
    ),
  ];
}

function missing(share_: Share, name: CauseName, what: string, nextCommand: string): Cause | null {
  if (share_.p > ALPHA.share) return null;
  const sentence = `${share(share_)} of the ${what}.`;
  return { name, sentence, minutes: null, evidence: shareEvidence(share_), nextCommand };
}

function csvCommand(source: SourceFlag): string {
  return `atmr-ml analyze-errors${source} --worst 20 --csv scored.csv`;
}

function share({ count, of }: Share): string {
  return `${((100 * count) / of).toFixed(1)} %`;
}

function shareEvidence({ count, of, limit }: Share): Evidence[] {
  return [
    { label: 'bookings concerned', value: count, unit: 'count' },
    { label: 'of', value: of, unit: 'count' },
    { label: 'allowed share', value: limit, unit: 'share' },
  ];
}
