import type { DriftAnswer } from '../documents.js';
import { Badge, Panel } from '../panel.js';
import type { Resource } from '../resource.js';
import { useSurroundings } from '../surroundings.js';
import { Table } from '../table.js';

/** How the inputs of the last week compare with what the model learned from. */
export function DriftPanel({ drift }: { readonly drift: Resource<DriftAnswer> }) {
  const { words, formats } = useSurroundings();
  const { drift: say } = words;
  const [input, state, index, limit, before, now] = say.head;
  const period = drift.value;
  const intro =
    period === null ? undefined : say.intro(formats.dateTime(period.from), formats.dateTime(period.until));
  return (
    <Panel id="drift" heading={say.heading} {...(intro && { intro })} resource={drift}>
      {({ columns }) =>
        columns.length === 0 ? (
          <p class="not-enough">{say.none}</p>
        ) : (
          <Table
            caption={say.heading}
            rows={columns}
            keyOf={({ name }) => name}
            long
            columns={[
              {
                name: input,
                cell: ({ name }) => (name === 'prediction' ? say.prediction : name),
                by: ({ name }) => name,
              },
              {
                name: state,
                cell: ({ drifted }) => (
                  <Badge tone={drifted ? 'warn' : 'good'}>{drifted ? say.drifted : say.alike}</Badge>
                ),
                by: ({ drifted }) => Number(drifted),
              },
              {
                name: index,
                cell: (one) => formats.decimal(one.index, 3),
                by: (one) => one.index,
                number: true,
              },
              {
                name: limit,
                cell: (one) => formats.decimal(one.threshold, 3),
                by: (one) => one.threshold,
                number: true,
              },
              { name: before, cell: (one) => formats.decimal(one.referenceMean), number: true },
              { name: now, cell: (one) => formats.decimal(one.mean), number: true },
            ]}
          />
        )
      }
    </Panel>
  );
}
