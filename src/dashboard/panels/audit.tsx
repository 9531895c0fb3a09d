import type { HistoryAnswer } from '../documents.js';
import { Panel } from '../panel.js';
import type { Resource } from '../resource.js';
import { useSurroundings } from '../surroundings.js';
import { Table } from '../table.js';

/** Who changed the flag, when, and why. */
export function Audit({ history }: { readonly history: Resource<HistoryAnswer> }) {
  const { words, formats } = useSurroundings();
  const { audit: say } = words;
  const [when, who, what, traffic, why] = say.head;
  return (
    <Panel id="audit" heading={say.heading} intro={say.intro} resource={history}>
      {({ changes }) =>
        changes.length === 0 ? (
          <p class="quiet">{say.none}</p>
        ) : (
          <Table
            caption={say.heading}
            rows={changes}
            keyOf={({ revision }) => String(revision)}
            long
            columns={[
              { name: when, cell: ({ at }) => formats.dateTime(at), by: ({ at }) => at },
              { name: who, cell: ({ by }) => by, by: ({ by }) => by },
              {
                name: what,
                cell: ({ action, after: { rollout } }) =>
                  rollout === undefined || action !== 'rollout'
                    ? say.actions[action]
                    : words.rolloutPhase(rollout.phase, rollout.step),
              },
              {
                ...{ name: traffic, number: true },
                cell: ({ after }) => formats.share(after.enabled ? after.percentage : 0),
              },
              { name: why, cell: ({ reason }) => reason, prose: true },
            ]}
          />
        )
      }
    </Panel>
  );
}
