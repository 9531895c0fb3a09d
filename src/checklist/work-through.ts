import { exclusive, oneOf } from '../arguments.js';
import { thisProcess } from '../config.js';
import type { DoctorContext } from '../doctor/context.js';
import { AtmrError, messageOf } from '../errors.js';
import type { Terminal } from '../terminal.js';
import { t } from '../wording/t.js';
import { type Answer, type AnswerStore, newestAnswers, openAnswers } from './answers.js';
import { askAbout } from './ask.js';
import { type Checklist, checklistOf } from './checklist.js';
import { type Item, LISTS, type ListName } from './items.js';
import { observe } from './observe.js';
import { type GivenAnswer, readAnswers } from './read-answers.js';

export interface WorkOptions {
  readonly answer?: readonly string[];
  readonly by?: string;
  readonly note: string;
  readonly input: boolean;
  readonly format?: string;
  readonly json?: boolean;
}

export const CHECKLIST_FORMATS = ['text', 'md', 'json'] as const;

/** How to print the list: JSON in a pipe. */
export function formatOf(
  { format, json }: WorkOptions,
  interactive: boolean,
): (typeof CHECKLIST_FORMATS)[number] {
  exclusive({ '--json': json, '--format': format });
  if (json) return 'json';
  return oneOf('--format', format, CHECKLIST_FORMATS) ?? (interactive ? 'text' : 'json');
}

/** Records the given answers, looks at what can be looked at, asks about the rest where somebody is there to be asked. */
export async function workThrough(
  list: ListName,
  options: WorkOptions,
  context: DoctorContext,
  terminal: Terminal,
): Promise<Checklist> {
  const items: readonly Item[] = LISTS[list];
  const given = readAnswers(options.answer ?? [], items);
  const { config, clock } = context;
  const store = await openAnswers(config);
  try {
    const author = authorOf(options);
    const record = (answers: readonly GivenAnswer[]) =>
      store.add(answers.map((answer): Answer => ({ ...answer, ...author, list, atMs: clock.nowMs() })));
    // Who only looks writes nothing, and may look where nothing can be written.
    if (given.length > 0) await record(given);
    if (config.databaseUrl === null && config.redisUrl !== null) {
      terminal.notice(
        t`notice: answers are kept in ${store.where}, for this machine; DATABASE_URL shares them.`,
      );
    }
    const observed = await observe(items, context);
    const place = { list, flag: config.flagKey, atMs: clock.nowMs() };
    const known = checklistOf(place, items, observed, await read(store, list, terminal.notice));
    if (given.length > 0 || !mayAsk(options, terminal)) return known;
    // Each at once: a terminal that is closed takes none with it.
    const wasCancelled = await askAbout(known.items, terminal, (answer) => record([answer]));
    if (wasCancelled) {
      throw new AtmrError(
        'CANCELLED',
        t`Cancelled; what was answered before is kept. Run it again to go on.`,
      );
    }
    return checklistOf(place, items, observed, await read(store, list, terminal.notice));
  } finally {
    await store.close();
  }
}

/** The list as it stands: nobody is asked, and nothing is written. */
export async function readChecklist(
  list: ListName,
  context: DoctorContext,
  notice: (text: string) => void,
): Promise<Checklist> {
  const { config, clock } = context;
  const items: readonly Item[] = LISTS[list];
  const store = await openAnswers(config);
  try {
    const observed = await observe(items, context);
    const place = { list, flag: config.flagKey, atMs: clock.nowMs() };
    return checklistOf(place, items, observed, await read(store, list, notice));
  } finally {
    await store.close();
  }
}

/** Who gave answers has said what there was to say; and a program is never asked. */
function mayAsk(options: WorkOptions, { canAsk, interactive }: Terminal): boolean {
  return canAsk && options.input && formatOf(options, interactive) === 'text';
}

/** A store that is away takes no answers, but what can be looked at is still worth telling. */
async function read(store: AnswerStore, list: ListName, notice: (text: string) => void) {
  try {
    return newestAnswers(await store.read(list));
  } catch (thrown) {
    if (!(thrown instanceof AtmrError)) throw thrown;
    notice(t`warning: earlier answers cannot be read: ${messageOf(thrown)}`);
    return newestAnswers([]);
  }
}

function authorOf({ by, note }: WorkOptions): Pick<Answer, 'by' | 'note'> {
  if (by?.trim() === '') throw new AtmrError('USAGE', t`--by is empty; expected who answers.`);
  return { by: by ?? thisProcess().user, note };
}
