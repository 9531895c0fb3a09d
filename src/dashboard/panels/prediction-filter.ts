import type { Prediction } from '../documents.js';

/** Which of the latest predictions are listed. */
export interface PredictionFilter {
  readonly booking: string;
  readonly variant: 'all' | Prediction['variant'];
  readonly source: 'all' | Prediction['source'];
  readonly outcome: 'all' | 'settled' | 'open' | 'far';
}

export const NO_FILTER: PredictionFilter = { booking: '', variant: 'all', source: 'all', outcome: 'all' };
/** Minutes off from which a booking is an anomaly. */
const FAR_MINUTES = 5;

/** Whether it is listed; a part of the booking's id is enough, whatever the case. */
export function fits(row: Prediction, { booking, variant, source, outcome }: PredictionFilter): boolean {
  const error = row.error_minutes;
  const outcomes: Readonly<Record<PredictionFilter['outcome'], boolean>> = {
    all: true,
    settled: error !== null,
    open: error === null,
    far: error !== null && Math.abs(error) > FAR_MINUTES,
  };
  return (
    row.booking_id.toLowerCase().includes(booking.trim().toLowerCase()) &&
    (variant === 'all' || row.variant === variant) &&
    (source === 'all' || row.source === source) &&
    outcomes[outcome]
  );
}
