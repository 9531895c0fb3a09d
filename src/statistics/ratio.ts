/**
 * A statistic of the form Σ numerator / Σ denominator over independent units. A mean has a denominator of
 * ones; MAE(model) / MAE(heuristic) divides one error by the other. A unit is a booking, or a whole cluster
 * of bookings that carries their sums.
 */
export interface RatioUnits {
  readonly numerator: Float64Array;
  /** Of the same length. */
  readonly denominator: Float64Array;
}

/** Mean of `values` as a ratio. */
export function meanUnits(values: Float64Array): RatioUnits {
  return { numerator: values, denominator: new Float64Array(values.length).fill(1) };
}

/** Σ numerator / Σ denominator; not finite where the denominators sum to zero. */
export function ratioOf(units: RatioUnits): number {
  return sum(units.numerator) / sum(units.denominator);
}

export function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}

/**
 * Σ of squared residuals u = numerator − ratio · denominator. Zero (to rounding) exactly when every unit has
 * the same ratio, so that no resampling can vary it.
 */
export function residualSquares(units: RatioUnits, ratio: number): number {
  const { numerator, denominator } = units;
  let total = 0;
  for (let i = 0; i < numerator.length; i++) total += (numerator[i]! - ratio * denominator[i]!) ** 2;
  return total;
}
