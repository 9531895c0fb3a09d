import { isTopic } from '../../alerts/messages/topics.js';
import { RULE_NAMES } from '../../guard/rule-names.js';
import type { Words } from '../../wording/words.js';
import type { Permission } from '../change.js';
import type { Order } from '../deed-dialog.js';
import type { AlertsAnswer, Episode } from '../documents.js';
import { Badge, Panel } from '../panel.js';
import type { Resource } from '../resource.js';
import { useSurroundings } from '../surroundings.js';
import { Table } from '../table.js';
import { bySeverity, isOpen } from './episodes.js';

interface AlertsProps {
  readonly alerts: Resource<AlertsAnswer>;
  readonly permission: Permission;
  order(order: Order): void;
}

const TONES = { act: 'bad', warn: 'warn', notice: 'muted' } as const;
const SEVERITIES = { act: 'critical', warn: 'warning', notice: 'notice' } as const;

/** What the guard found, newest first, and who has seen it. */
export function Alerts({ alerts, permission, order }: AlertsProps) {
  const { words } = useSurroundings();
  const { alertPanel } = words;
  return (
    <Panel id="alerts" heading={alertPanel.heading} intro={alertPanel.intro} resource={alerts}>
      {({ contacts, episodes, messages }) => (
        <>
          {episodes.length === 0 ? <p class="good">✓ {alertPanel.none}</p> : null}
          <ul class="episodes">
            {bySeverity(episodes).map((episode) => (
              <EpisodeItem
                key={episode.id}
                episode={episode}
                mayAcknowledge={permission !== 'closed'}
                order={order}
              />
            ))}
          </ul>
          {contacts.length === 0 ? null : (
            <p class="quiet">
              {alertPanel.contacts}
              {words.colon}
              {contacts.map(({ name, role }) => (role === '' ? name : `${name} (${role})`)).join(', ')}
            </p>
          )}
          {messages.length === 0 ? null : <Messages messages={messages} />}
        </>
      )}
    </Panel>
  );
}

interface EpisodeItemProps {
  readonly episode: Episode;
  readonly mayAcknowledge: boolean;
  order(order: Order): void;
}

function EpisodeItem({ episode, mayAcknowledge, order }: EpisodeItemProps) {
  const { words, formats } = useSurroundings();
  const { alertPanel, alerts } = words;
  const { rule, level, beganMs, endedMs, action, dryRun, acknowledgedBy } = episode;
  const topic = topicOf(rule, words);
  const when =
    endedMs === null
      ? `${alertPanel.since(formats.dateTime(beganMs))}, ${alertPanel.lasts}`
      : `${alertPanel.between(formats.dateTime(beganMs), formats.dateTime(endedMs))}, ${alertPanel.over}`;
  const deed =
    action === null || action === 'notify' ? null : alerts.actions[action][dryRun ? 'would' : 'did'];
  return (
    <li>
      <p>
        <Badge tone={endedMs === null ? TONES[level] : 'muted'}>{alerts.severities[SEVERITIES[level]]}</Badge>{' '}
        <strong>{topic}</strong>
        {deed === null ? null : ` – ${deed}`}
        {dryRun ? ` (${alertPanel.dryRun})` : ''}
      </p>
      <p>{evidenceOf(episode, words)}</p>
      <p class="quiet">
        {when}
        {acknowledgedBy === null ? null : `; ${alertPanel.seenBy(acknowledgedBy)}`}
      </p>
      {isOpen(episode) && mayAcknowledge ? (
        <button
          type="button"
          aria-label={alertPanel.acknowledge(topic)}
          onClick={() => order({ deed: 'ack', rule })}
        >
          {words.deeds.ack.button}
        </button>
      ) : null}
    </li>
  );
}

function topicOf(rule: string, { alerts }: Words): string {
  return isTopic(rule) ? alerts.topics[rule] : rule;
}

/** What was measured in the reader's language, where there is a number; else the guard's own sentence. */
function evidenceOf({ rule, value, threshold, text }: Episode, { alerts }: Words): string {
  const name = RULE_NAMES.find((known) => known === rule);
  if (name === undefined || value === null) return text;
  const { measured, limit } = alerts.evidence[name];
  return threshold === null || limit === null
    ? `${measured(value)}.`
    : `${measured(value)}; ${limit(threshold)}.`;
}

function Messages({ messages }: { readonly messages: AlertsAnswer['messages'] }) {
  const { words, formats } = useSurroundings();
  const { alertPanel } = words;
  const [when, channel, about, state] = alertPanel.messageHead;
  return (
    <details>
      <summary>{alertPanel.messages}</summary>
      <Table
        caption={alertPanel.messages}
        rows={messages}
        keyOf={({ id }) => id}
        long
        columns={[
          {
            name: when,
            cell: ({ createdMs }) => formats.dateTime(createdMs),
            by: ({ createdMs }) => createdMs,
          },
          { name: channel, cell: (message) => message.channel, by: (message) => message.channel },
          { name: about, cell: ({ subject }) => topicOf(subject, words), prose: true },
          {
            name: state,
            cell: ({ sentMs, gaveUpMs, lastError }) =>
              sentMs !== null
                ? alertPanel.sent
                : gaveUpMs !== null
                  ? `${alertPanel.gaveUp}: ${lastError ?? ''}`
                  : `${alertPanel.waiting}${lastError === null ? '' : `: ${lastError}`}`,
          },
        ]}
      />
    </details>
  );
}
