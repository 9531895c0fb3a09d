import { useState } from 'preact/hooks';
import { LIST_NAMES, type ListName } from '../../checklist/items.js';
import { WithCommands } from '../command.js';
import type { ChecklistAnswer } from '../documents.js';
import { Badge, FaultNote } from '../panel.js';
import { type Tick, useResource } from '../resource.js';
import { useSurroundings } from '../surroundings.js';

const TONES = { done: 'good', failed: 'bad', unanswered: 'muted' } as const;

/** The guide's three lists; each is looked at when it is opened, for that asks stores, ports and the weather. */
export function ChecklistPanel({ tick }: { readonly tick: Tick }) {
  const { words } = useSurroundings();
  return (
    <section id="checklist" class="panel half" aria-labelledby="checklist-heading">
      <h2 id="checklist-heading">{words.checklist.heading}</h2>
      <p class="intro">
        <WithCommands text={words.checklist.intro} />
      </p>
      {LIST_NAMES.map((list) => (
        <List key={list} list={list} tick={tick} />
      ))}
    </section>
  );
}

function List({ list, tick }: { readonly list: ListName; readonly tick: Tick }) {
  const { words } = useSurroundings();
  const [isOpen, setOpen] = useState(false);
  const resource = useResource<ChecklistAnswer>(isOpen ? `/checklist/${list}` : null, tick);
  const { value } = resource;
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)} data-list={list}>
      <summary>
        {words.checklist.lists[list]}
        {value === null ? '' : ` · ${words.checklist.summary(value.done, value.failed, value.unanswered)}`}
      </summary>
      {isOpen ? <FaultNote resource={resource} /> : null}
      {value === null ? null : <Items checklist={value} />}
    </details>
  );
}

function Items({ checklist }: { readonly checklist: ChecklistAnswer }) {
  const { words, formats } = useSurroundings();
  const { checklist: say } = words;
  return (
    <>
      <p class="quiet">{words.asOf(formats.dateTime(checklist.at))}</p>
      <ul class="plain items">
        {checklist.items.map(({ id, text, result, basis, found, remedy, answer }) => (
          <li key={id}>
            <Badge tone={TONES[result]}>{say.results[result]}</Badge> {say.items[id] ?? text}
            <br />
            <small class="quiet">
              {basis === 'checked' ? (
                <>
                  {say.checked}
                  {words.colon}
                  <WithCommands text={found ?? ''} />{' '}
                </>
              ) : null}
              {answer === null
                ? null
                : `${say.answered(answer.by, formats.dateTime(answer.at))} ${answer.note}`}
              {remedy === null || result === 'done' ? null : <WithCommands text={remedy} />}
            </small>
          </li>
        ))}
      </ul>
    </>
  );
}
