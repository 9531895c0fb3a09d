import type { AnomaliesAnswer } from '../documents.js';
import { Panel } from '../panel.js';
import type { Resource } from '../resource.js';
import { useSurroundings } from '../surroundings.js';
import { Table } from '../table.js';
import { BookingLink } from './booking-link.js';

/** Settled bookings that were predicted far off. */
export function Anomalies({ anomalies }: { readonly anomalies: Resource<AnomaliesAnswer> }) {
  const { words, formats } = useSurroundings();
  const { anomalies: say } = words;
  const [booking, predicted, actual, error, confidence, asked] = say.head;
  const intro =
    (anomalies.value?.count ?? 0) === 0 ? undefined : say.intro(formats.count(anomalies.value?.count ?? 0));
  return (
    <Panel id="anomalies" heading={say.heading} {...(intro && { intro })} resource={anomalies}>
      {({ anomalies: rows }) =>
        rows.length === 0 ? (
          <p class="quiet">{say.none}</p>
        ) : (
          <Table
            caption={say.heading}
            rows={rows}
            keyOf={({ booking_id }) => booking_id}
            long
            columns={[
              {
                name: booking,
                cell: ({ booking_id }) => <BookingLink id={booking_id} />,
                by: ({ booking_id }) => booking_id,
              },
              {
                name: predicted,
                cell: (one) => formats.decimal(one.predicted, 1),
                by: (one) => one.predicted,
                number: true,
              },
              {
                name: actual,
                cell: (one) => formats.decimal(one.actual, 1),
                by: (one) => one.actual,
                number: true,
              },
              {
                name: error,
                cell: (one) => formats.decimal(one.predicted - one.actual, 1),
                by: (one) => one.error,
                number: true,
              },
              {
                name: confidence,
                cell: (one) => formats.percent(one.confidence, 0),
                by: (one) => one.confidence,
                number: true,
              },
              {
                name: asked,
                cell: ({ created_at }) => formats.dateTime(created_at),
                by: ({ created_at }) => created_at,
              },
            ]}
          />
        )
      }
    </Panel>
  );
}
