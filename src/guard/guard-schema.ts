import * as v from 'valibot';
import { parseDurationMs } from '../environment.js';
import { t } from '../wording/t.js';
import { RULE_NAMES } from './rule-names.js';

const LEAST_INTERVAL_MS = 1000;
const MOST_INTERVAL_MS = 600_000;
const intervalExpected = () => t`expected a time from 1s to 10m`;
const text = v.string(() => t`expected a text`);

/** The section `guard` of the configuration file. */
export const guardSchema = v.strictObject({
  interval: v.optional(
    v.pipe(
      text,
      v.check((value) => {
        const ms = parseDurationMs(value);
        return ms !== null && ms >= LEAST_INTERVAL_MS && ms <= MOST_INTERVAL_MS;
      }, intervalExpected),
    ),
  ),
  /** Between two halvings. */
  coolDown: v.optional(
    v.pipe(
      text,
      v.check(
        (value) => parseDurationMs(value) !== null,
        () => t`expected a time such as 30m`,
      ),
    ),
  ),
  /** Rules that only say what they would do. */
  dryRun: v.optional(
    v.array(
      v.picklist(RULE_NAMES, () => t`expected a rule: ${RULE_NAMES.join(', ')}`),
      () => t`expected a list of rules`,
    ),
  ),
});

export type GuardSection = v.InferOutput<typeof guardSchema>;
