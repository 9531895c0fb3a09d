import type { Message, MessageLine } from '../channel.js';

/** A text of Slack's Block Kit. */
interface Text {
  readonly type: 'plain_text' | 'mrkdwn';
  readonly text: string;
  /** Nothing in it is taken for a channel, a person or a link. */
  readonly verbatim?: true;
}

type Block =
  | { readonly type: 'header'; readonly text: Text }
  | { readonly type: 'section'; readonly text: Text }
  | { readonly type: 'section'; readonly fields: readonly Text[] };

export interface SlackMessage {
  /** For notifications, and clients without blocks. */
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly unfurl_links: false;
}

const MOST_HEADER = 150;
const MOST_TEXT = 3000;
const MOST_FIELD = 2000;
const MOST_FIELDS = 10;
const MOST_BLOCKS = 50;
/** Not documented: from some 13,000 on, Slack refuses a message with `msg_blocks_too_long`. */
const MOST_CHARACTERS = 12_000;
/** Longer ones have the width to themselves. */
const SHORT = 80;

/** A message as Slack shows it; nothing in its texts can call anybody or pass for a link. */
export function slackMessage({ subject, lines }: Message): SlackMessage {
  const header: Block = { type: 'header', text: { type: 'plain_text', text: escaped(subject, MOST_HEADER) } };
  const blocks = fitting([header, ...lines.reduce<readonly Block[]>(withLine, [])]);
  return { text: escaped(subject, MOST_TEXT), blocks, unfurl_links: false };
}

/** Short lines stand side by side. */
function withLine(blocks: readonly Block[], line: MessageLine): readonly Block[] {
  if (line.label === null || line.text.length > SHORT) {
    return [...blocks, { type: 'section', text: mrkdwn(line, MOST_TEXT) }];
  }
  const field = mrkdwn(line, MOST_FIELD);
  const last = blocks.at(-1);
  if (last === undefined || !('fields' in last) || last.fields.length >= MOST_FIELDS) {
    return [...blocks, { type: 'section', fields: [field] }];
  }
  return [...blocks.slice(0, -1), { type: 'section', fields: [...last.fields, field] }];
}

function mrkdwn({ label, text, command }: MessageLine, most: number): Text {
  const before = label === null ? '' : `*${escaped(label, SHORT)}*\n`;
  const left = most - before.length - 2;
  const shown = command ? `\`${escaped(text.replaceAll('`', "'"), left)}\`` : linked(text, left);
  return { type: 'mrkdwn', text: `${before}${shown}`, verbatim: true };
}

/** An address of its own is one to click; anything else is text. */
function linked(text: string, most: number): string {
  return /^https?:\/\/[\w.:/[\]-]+$/.test(text) && text.length + 2 <= most
    ? `<${text}>`
    : escaped(text, most);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** What Slack asks to be escaped, cut before an entity would be. */
function escaped(text: string, most: number): string {
  let whole = '';
  let cut = '';
  for (const character of text) {
    whole += ENTITIES[character] ?? character;
    if (whole.length < most) cut = whole;
    if (whole.length > most) return `${cut}…`;
  }
  return whole;
}

const MORE: Block = { type: 'section', text: { type: 'mrkdwn', text: '…', verbatim: true } };

/** What is too much is left out before the last block, which holds the commands. */
function fitting(blocks: readonly Block[]): readonly Block[] {
  if (isFitting(blocks)) return blocks;
  const last = blocks.slice(-1);
  let kept = blocks.slice(0, Math.min(blocks.length - 1, MOST_BLOCKS - 2));
  while (kept.length > 1 && !isFitting([...kept, MORE, ...last])) kept = kept.slice(0, -1);
  return [...kept, MORE, ...last];
}

function isFitting(blocks: readonly Block[]): boolean {
  return blocks.length <= MOST_BLOCKS && JSON.stringify(blocks).length <= MOST_CHARACTERS;
}
