import { wallTimeText } from '../../booking/local-time.js';
import type { Language } from '../../wording/language.js';
import type { Alert } from '../alert.js';
import type { Message, MessageLine } from '../channel.js';
import { ENGLISH } from './english.js';
import { evidenceOf } from './evidence.js';
import { FRENCH } from './french.js';
import { acknowledgement, nextCommands } from './next-commands.js';
import { outsidersText } from './outsiders-text.js';
import { deedOf, subjectOf, topicOf } from './subject.js';
import type { Label, Words } from './words.js';

export interface MessageContext {
  readonly language: Language;
  readonly timeZone: string;
  /** Whom to ask; their names and roles only. */
  readonly contacts: readonly { readonly name: string; readonly role: string }[];
  readonly dashboardUrl: string | null;
}

const WORDS = { en: ENGLISH, fr: FRENCH } as const satisfies Record<Language, Words>;
const MOST_FLAG = 100;
const MOST_NAME = 60;
const MOST_CONTACTS = 6;
const MOST_OF_CONTACT = 40;

/** What people read of an alert. Pure; holds nothing of a booking, and no address but the dashboard's. */
export function messageOf(alert: Alert, context: MessageContext): Message {
  const words = WORDS[context.language];
  const flag = outsidersText(alert.flag, MOST_FLAG);
  const rest =
    alert.kind === 'digest' ? digestLines(alert, context, words) : findingLines(alert, context, words);
  return {
    subject: `${subjectOf(alert, words)}${flag === '' ? '' : ` (${flag})`}`,
    lines: [
      ...(alert.simulated ? [{ label: null, text: words.simulated.sentence }] : []),
      ...rest,
      ...commandLines(alert, words),
      ...dashboardLines(context, words),
      ...contactLines(context, words),
    ],
    language: context.language,
  };
}

function findingLines(alert: Alert, context: MessageContext, words: Words): MessageLine[] {
  const line = (label: Label, text: string | null): MessageLine[] =>
    text === null ? [] : [{ label: words.labels[label], text }];
  return [
    ...line('what', `${topicOf(alert, words)} (${outsidersText(alert.subject, MOST_NAME)})`),
    ...line(...timeOf(alert, context, words)),
    ...line(evidenceLabel(alert), evidenceOf(alert, words)),
    ...line('done', doneText(alert, words)),
  ];
}

function digestLines({ items = [] }: Alert, { timeZone }: MessageContext, words: Words): MessageLine[] {
  const told = items.map((item) => {
    const evidence = evidenceOf(item, words);
    const text = `${subjectOf(item, words)}${evidence === null ? '' : ` – ${evidence}`}`;
    return { label: minuteOf(item.atMs, timeZone), text };
  });
  return [...told, { label: words.labels.times, text: timeZone }];
}

function timeOf(
  { kind, beganMs, atMs }: Alert,
  { timeZone }: MessageContext,
  words: Words,
): readonly [Label, string] {
  const from = minuteOf(beganMs, timeZone);
  const until = minuteOf(atMs, timeZone);
  if (kind === 'recovered') return ['lasted', `${words.span(from, until)} (${timeZone})`];
  if (kind === 'moved' || kind === 'test') return ['at', `${until} (${timeZone})`];
  return ['since', `${from} (${timeZone})`];
}

/** "2026-03-02 08:30" */
function minuteOf(ms: number, timeZone: string): string {
  return wallTimeText(ms, timeZone).slice(0, -':00'.length);
}

function evidenceLabel({ kind }: Alert): Label {
  if (kind === 'recovered') return 'lastSeen';
  return kind === 'moved' || kind === 'test' ? 'why' : 'evidence';
}

function doneText(alert: Alert, words: Words): string | null {
  const { done, kind } = alert;
  const deed = deedOf(alert, words);
  if (done === null || deed === null)
    return kind === 'begun' || kind === 'reminder' ? words.nothingDone : null;
  return done.percentage === null || done.dryRun
    ? deed
    : `${deed}${words.semicolon}${words.share(done.percentage)}`;
}

function commandLines(alert: Alert, { labels }: Words): MessageLine[] {
  const next = nextCommands(alert).map((text, i) => {
    return { label: i === 0 ? labels.next : labels.afterwards, text, command: true };
  });
  const acknowledge = acknowledgement(alert);
  return acknowledge === null
    ? next
    : [...next, { label: labels.acknowledge, text: acknowledge, command: true }];
}

/** An address may hold a login or a token: where it is suffices. */
function dashboardLines({ dashboardUrl }: MessageContext, { labels }: Words): MessageLine[] {
  if (dashboardUrl === null || !URL.canParse(dashboardUrl)) return [];
  const { protocol, host, pathname } = new URL(dashboardUrl);
  return [{ label: labels.dashboard, text: `${protocol}//${host}${pathname}` }];
}

function contactLines({ contacts }: MessageContext, { labels }: Words): MessageLine[] {
  if (contacts.length === 0) return [];
  const named = contacts.slice(0, MOST_CONTACTS).map(({ name, role }) => {
    const of = outsidersText(role, MOST_OF_CONTACT);
    return `${outsidersText(name, MOST_OF_CONTACT)}${of === '' ? '' : ` (${of})`}`;
  });
  const more = contacts.length > MOST_CONTACTS ? ['…'] : [];
  return [{ label: labels.contacts, text: [...named, ...more].join(', ') }];
}
