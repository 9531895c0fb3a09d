import { WithCommands } from '../command.js';
import type { StatusAnswer } from '../documents.js';
import { Badge, Panel } from '../panel.js';
import type { Resource } from '../resource.js';
import { useSurroundings } from '../surroundings.js';
import { Table } from '../table.js';

/** Who reads the flag, and where it is kept. */
export function Instances({ status }: { readonly status: Resource<StatusAnswer> }) {
  const { words, formats } = useSurroundings();
  const { instances: say } = words;
  const [instance, state, revision, model, seen] = say.head;
  return (
    <Panel id="instances" heading={say.heading} intro={say.intro} resource={status}>
      {({ instances, stores }) => (
        <>
          {stores.every(({ answers }) => !answers) ? (
            <p class="warn">{words.notKnownYet}</p>
          ) : instances.length === 0 ? (
            <p class="warn">{say.none}</p>
          ) : (
            <Table
              caption={say.heading}
              rows={instances}
              keyOf={(one) => one.instance}
              long
              columns={[
                { name: instance, cell: (one) => one.instance, by: (one) => one.instance },
                {
                  name: state,
                  cell: ({ live, off }) => (
                    <Badge tone={live ? 'good' : 'bad'}>
                      {live ? (off.length > 0 ? say.off : say.live) : say.lost}
                    </Badge>
                  ),
                  by: ({ live }) => Number(live),
                },
                { name: revision, cell: (one) => one.revision, by: (one) => one.revision, number: true },
                {
                  name: model,
                  cell: (one) => (one.model === null ? '–' : `${one.model.name} ${one.model.version}`),
                },
                {
                  name: seen,
                  cell: ({ seenAgoMs }) => say.ago(formats.span(seenAgoMs)),
                  by: (one) => one.seenAgoMs,
                  number: true,
                },
              ]}
            />
          )}
          <h3>{say.stores}</h3>
          <ul class="plain">
            {stores.map(({ name, answers, version, latencyMs, behind, fault }) => (
              <li key={name}>
                <strong>{name}</strong> {version}{' '}
                <Badge tone={!answers ? 'bad' : behind ? 'warn' : 'good'}>
                  {!answers ? say.away : behind ? say.behind : say.answers}
                </Badge>{' '}
                {answers ? formats.milliseconds(latencyMs) : <WithCommands text={fault ?? ''} />}
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}
