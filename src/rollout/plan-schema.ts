import * as v from 'valibot';
import { printable } from '../booking/columns.js';
import { parseDurationMs } from '../environment.js';
import { t } from '../wording/t.js';
import { parseGate } from './gate-spec.js';
import { DAYS, freezeOf, hoursOf } from './plan-of.js';

/** The section `rollout` of the configuration file. What it leaves out is as in the default plan. */
const text = v.string(() => t`expected a text`);
const percentageExpected = () => t`expected a share from 0.01 to 100 with at most two decimals`;
const percentage = v.pipe(
  v.number(percentageExpected),
  v.minValue(0.01, percentageExpected),
  v.maxValue(100, percentageExpected),
  v.check((value) => Math.round(value * 100) / 100 === value, percentageExpected),
);
const wholeExpected = () => t`expected a whole number of 0 or more`;
const whole = v.pipe(v.number(wholeExpected), v.integer(wholeExpected), v.minValue(0, wholeExpected));
const MOST_APPROVALS = 100;
const approvalsExpected = () => t`expected a whole number from 0 to ${MOST_APPROVALS}`;
const approvals = v.pipe(
  v.number(approvalsExpected),
  v.integer(approvalsExpected),
  v.minValue(0, approvalsExpected),
  v.maxValue(MOST_APPROVALS, approvalsExpected),
);
/** Beyond the dates that there are, no time at which a step ends could be told. */
const MOST_MS = 366 * 86_400_000;
const duration = v.pipe(
  text,
  v.check(
    (value) => (parseDurationMs(value) ?? Number.POSITIVE_INFINITY) <= MOST_MS,
    () => t`expected a time such as 7d or 12h, at most 366d`,
  ),
);
const gate = v.pipe(
  text,
  v.check(
    (value) => typeof parseGate(value) !== 'string',
    ({ input }) => String(parseGate(printable(input))),
  ),
);
const stepEntries = {
  minimumTime: v.optional(duration),
  minimumSettled: v.optional(whole),
  gates: v.optional(v.array(gate, () => t`expected a list of gates such as mae or mae < 2.2`)),
  approvals: v.optional(approvals),
};

export const rolloutSchema = v.strictObject({
  steps: v.optional(
    v.pipe(
      v.array(v.strictObject({ percentage, ...stepEntries }), () => t`expected a list of steps`),
      v.minLength(1, () => t`expected at least one step`),
    ),
  ),
  recovery: v.optional(v.strictObject({ percentage: v.optional(percentage), ...stepEntries })),
  bake: v.optional(duration),
  window: v.optional(
    v.strictObject({
      days: v.optional(
        v.pipe(
          text,
          v.regex(DAYS, () => t`expected weekdays such as mon-fri`),
        ),
      ),
      hours: v.optional(
        v.pipe(
          text,
          v.check(
            (value) => hoursOf(value) !== null,
            () => t`expected hours such as 8-17`,
          ),
        ),
      ),
    }),
  ),
  /** Raise the traffic at any time. */
  anyTime: v.optional(v.boolean(() => t`expected true or false`)),
  freeze: v.optional(
    v.array(
      v.pipe(
        text,
        v.check(
          (value) => freezeOf(value) !== null,
          () => t`expected a date such as 2026-12-24, or 2026-12-24..2027-01-02`,
        ),
      ),
      () => t`expected a list of dates`,
    ),
  ),
  requireTarget: v.optional(v.boolean(() => t`expected true or false`)),
});
export type RolloutSection = v.InferOutput<typeof rolloutSchema>;
