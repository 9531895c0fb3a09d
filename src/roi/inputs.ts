import * as v from 'valibot';
import { t } from '../wording/t.js';
import type { Figures } from './figures.js';

/** A figure that nobody knows exactly. */
export interface Range {
  readonly low: number;
  readonly base: number;
  readonly high: number;
}

type Estimated = 'minutesSaved' | 'anticipatedShare';
type Assumed = 'churnPoints' | 'reassignmentsPerDay';

/** Prices, volumes and assumptions; what is measured is not in here unless somebody would rather assume it. */
export interface RoiInputs {
  readonly fixed: Omit<Figures, Estimated | Assumed>;
  readonly assumed: Readonly<Record<Assumed, Range>> & Readonly<Record<Estimated, Range | null>>;
}

const amountExpected = () => t`expected a number of 0 or more`;
const amount = v.pipe(v.number(amountExpected), v.finite(amountExpected), v.minValue(0, amountExpected));
const share = v.pipe(
  amount,
  v.maxValue(1, () => t`expected a share from 0 to 1`),
);
const numberExpected = () => t`expected a number`;
const signed = v.pipe(v.number(numberExpected), v.finite(numberExpected));
const setting = (fallback: number) => v.optional(amount, fallback);

/** One number counts as nothing in the low case: an assumption proves nothing. */
const rangeOf = (entry: v.GenericSchema<number, number>) =>
  v.union(
    [
      v.pipe(
        entry,
        v.transform((base): Range => ({ low: Math.min(0, base), base, high: base })),
      ),
      v.pipe(
        v.strictObject({ low: entry, base: entry, high: entry }),
        v.check(
          ({ low, base, high }) => low <= base && base <= high,
          () => t`expected low ≤ base ≤ high`,
        ),
      ),
    ],
    (issue) =>
      issue.issues?.find(({ type }) => type === 'check')?.message ??
      t`expected a number, or low, base and high`,
  );

/** The file of `--inputs`. Whatever it leaves out is as the rollout guide has it. */
export const roiInputsSchema = v.strictObject({
  volume: v.optional(
    v.strictObject({ bookingsPerMonth: setting(3750), workingDaysPerMonth: setting(25) }),
    {},
  ),
  prices: v.optional(
    v.strictObject({
      driverChfPerHour: setting(50),
      lateRideChf: setting(20),
      customerChf: setting(500),
      customerShare: v.optional(share, 0.1),
      reassignmentChf: setting(15),
    }),
    {},
  ),
  costs: v.optional(
    v.strictObject({
      developmentHours: setting(60),
      developmentChfPerHour: setting(100),
      infrastructureChf: setting(60),
      retrainingChf: setting(800),
      monitoringChf: setting(2400),
      improvementChf: setting(3000),
    }),
    {},
  ),
  assumptions: v.optional(
    v.strictObject({
      churnPoints: v.optional(rangeOf(amount), { low: 0, base: 2.5, high: 3 }),
      reassignmentsPerDay: v.optional(rangeOf(amount), 12.5),
      /** Instead of measuring it. */
      minutesSaved: v.optional(rangeOf(signed)),
      anticipatedShare: v.optional(rangeOf(share)),
    }),
    {},
  ),
});

/** The inputs as the guide has them. */
export const DEFAULT_INPUTS: RoiInputs = inputsOf(v.parse(roiInputsSchema, {}));

export function inputsOf(file: v.InferOutput<typeof roiInputsSchema>): RoiInputs {
  const { minutesSaved = null, anticipatedShare = null, ...assumed } = file.assumptions;
  return {
    fixed: { ...file.volume, ...file.prices, ...file.costs },
    assumed: { ...assumed, minutesSaved, anticipatedShare },
  };
}
