import type { ArmScores, Outcome, PredictionRow } from '../../src/ledger/ledger.js';

/** What a ledger should say, from nothing but the rows: written without its sums. */
export interface Settled {
  readonly outcome: Outcome;
  /** When the booking's first outcome came. */
  readonly knownMs: number;
  /** When this one came. */
  readonly settledMs: number;
}

interface Scored {
  readonly row: PredictionRow;
  readonly actual: number;
}

export function expectedTraffic(rows: readonly PredictionRow[], fromMs: number, untilMs: number) {
  const inside = rows.filter(({ createdMs }) => createdMs >= fromMs && createdMs < untilMs);
  const count = (is: (row: PredictionRow) => boolean) => inside.filter(is).length;
  const failed = ['failed', 'late', 'not_finite'];
  return {
    requests: inside.length,
    modelVariant: count((row) => row.variant === 'model'),
    bySource: {
      model: count((row) => row.source === 'model'),
      heuristic: count((row) => row.source === 'heuristic'),
      fallback: count((row) => row.source === 'fallback'),
    },
    attempts: count((row) => row.attempt === 'answered' || failed.includes(row.attempt)),
    failures: count((row) => failed.includes(row.attempt)),
    ineligible: count((row) => row.attempt === 'ineligible'),
    weatherDefaults: count((row) => row.weatherReason !== null),
    outOfRange: count((row) => row.outOfRange > 0),
    simulated: count((row) => row.simulated),
    avgConfidence: mean(inside.map(({ confidence }) => confidence).filter((value) => value !== null)),
    avgPredictionTimeMs: mean(
      inside.map(({ predictionTimeMs }) => predictionTimeMs).filter((value) => value !== null),
    ),
    timed: count((row) => row.predictionTimeMs !== null),
  };
}

export function expectedAccuracy(
  rows: readonly PredictionRow[],
  settled: readonly Settled[],
  fromMs: number,
  untilMs: number,
) {
  const inside = settled.filter(({ settledMs }) => settledMs >= fromMs && settledMs < untilMs);
  const asked = inside.map((one) => ({
    one,
    rows: rows.filter((row) => row.bookingId === one.outcome.bookingId),
  }));
  const scored: Scored[] = asked.flatMap(({ one, rows }) => {
    const row = bearing(rows, one);
    return row === undefined ? [] : [{ row, actual: one.outcome.actualDelayMinutes }];
  });
  const unpredicted = asked.filter(({ rows }) => rows.length === 0).length;
  const both = scored.filter(({ row }) => row.modelMinutes !== null);
  const [model, heuristic] = [
    arm(both, (row) => row.modelMinutes as number),
    arm(both, (row) => row.heuristicMinutes),
  ];
  const late = both.filter(({ actual }) => actual > 5);
  const withInterval = both.filter(({ row }) => row.lowerMinutes !== null && row.upperMinutes !== null);
  return {
    settled: scored.length,
    unpredicted,
    unscored: asked.length - unpredicted - scored.length,
    model,
    heuristic,
    served: arm(scored, (row) => row.predictedMinutes),
    servedByModel: arm(
      scored.filter(({ row }) => row.source === 'model'),
      (row) => row.predictedMinutes,
    ),
    improvement: model.mae === null || !heuristic.mae ? null : model.mae / heuristic.mae - 1,
    late: late.length,
    latePredicted: late.filter(({ row }) => (row.modelMinutes as number) > 5).length,
    covered: withInterval.filter(
      ({ row, actual }) => actual >= (row.lowerMinutes ?? 0) && actual <= (row.upperMinutes ?? 0),
    ).length,
    withInterval: withInterval.length,
  };
}

/** The last answer before the pickup. */
export function bearing(
  rows: readonly PredictionRow[],
  { outcome, knownMs }: Settled,
): PredictionRow | undefined {
  const inOrder = rows.toSorted((a, b) => a.createdMs - b.createdMs || (a.requestId < b.requestId ? -1 : 1));
  const scheduledMs = inOrder.findLast((row) => row.scheduledMs !== null)?.scheduledMs;
  const byScheduleMs =
    typeof scheduledMs === 'number' ? scheduledMs + outcome.actualDelayMinutes * 60_000 : null;
  const endMs = outcome.actualPickupMs ?? byScheduleMs ?? knownMs;
  return inOrder.findLast((row) => row.createdMs < endMs);
}

function arm(scored: readonly Scored[], predicted: (row: PredictionRow) => number): ArmScores {
  const errors = scored.map(({ row, actual }) => predicted(row) - actual);
  const actuals = scored.map(({ actual }) => actual);
  const average = mean(actuals) ?? 0;
  const spread = actuals.reduce((sum, actual) => sum + (actual - average) ** 2, 0);
  const squares = errors.reduce((sum, error) => sum + error ** 2, 0);
  return {
    count: scored.length,
    mae: mean(errors.map(Math.abs)),
    rmse: scored.length === 0 ? null : Math.sqrt(squares / scored.length),
    r2: spread > 1e-9 ? 1 - squares / spread : null,
    bias: mean(errors),
    accuracyRate: mean(errors.map((error) => Number(Math.abs(error) < 3))),
    missRate: mean(errors.map((error) => Number(Math.abs(error) > 5))),
  };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The value at rank ⌊share · (n − 1)⌋. */
export function expectedQuantile(values: readonly number[], share: number): number {
  const inOrder = values.toSorted((a, b) => a - b);
  return inOrder[Math.floor(share * (inOrder.length - 1))] ?? Number.NaN;
}
