import fc from 'fast-check';
import type { Flag } from '../../src/flag/flag.js';
import { EVENT_KINDS, PHASES, STOP_CODES } from '../../src/rollout/rollout.js';

const PLAIN = { noNullPrototype: true } as const;
const text = fc.string({ unit: 'binary', maxLength: 20 });
const texts = fc.array(text, { maxLength: 3 });
const time = fc
  .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const share = fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100);
const action = fc.constantFrom('init', 'activate', 'percentage', 'disable', 'model', 'rollout');

const model = fc.record({ name: text, version: text, sha256: text }, PLAIN);
const stop = fc.record(
  { code: fc.constantFrom(...STOP_CODES), text, from: fc.constantFrom(...PHASES) },
  PLAIN,
);
const rollout = fc.record(
  {
    ...{ phase: fc.constantFrom(...PHASES), step: fc.nat(9), percentages: fc.array(share, { maxLength: 5 }) },
    ...{ event: fc.constantFrom(...EVENT_KINDS), startedAt: time, stepAt: time, baselineAt: time },
    ...{ phaseAt: time, model: fc.option(text), planId: text, stop: fc.option(stop), approvals: texts },
  },
  PLAIN,
);
const written = fc.record(
  {
    ...{ key: text, enabled: fc.boolean(), percentage: share, fallbackOnError: fc.boolean(), salt: text },
    ...{ model: fc.option(model), revision: fc.maxSafeNat(), changeId: text, clears: texts },
    ...{ updatedAt: time, updatedBy: text, reason: text, action },
  },
  PLAIN,
);

/** Any flag that a record can hold. */
export const flags: fc.Arbitrary<Flag> = fc
  .tuple(written, fc.option(rollout))
  .map(([flag, underWay]) => ({ ...flag, ...(underWay !== null && { rollout: underWay }) }));
