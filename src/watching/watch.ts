import { wallTimeText } from '../booking/local-time.js';
import type { Surroundings } from '../command.js';
import { EXIT } from '../errors.js';
import { openLiveScreen } from '../live-screen.js';
import { startLoop } from '../loop.js';
import { inOneLine } from '../render/display-width.js';
import { type Style, terminalStyle } from '../render/style.js';
import type { Terminal } from '../terminal.js';
import { asAscii } from '../wizard/ascii.js';
import { t } from '../wording/t.js';
import { type LastKnown, NOTHING_KNOWN, readAgain } from './last-known.js';

/** What is looked at again and again, and how it is shown. */
export interface Watched<Seen> {
  readonly everyMs: number;
  readonly timeZone: string;
  /** Rejects with UNAVAILABLE where nothing could be seen: it is tried again. */
  look(): Promise<Seen>;
  /** For a screen that is drawn again each second. */
  screenLines(known: LastKnown<Seen>, showing: Showing): string[];
  /** For a log, without the time. Of two looks that give the same nothing has changed. */
  logLine(seen: Seen): string;
  document(seen: Seen): unknown;
}

export interface Showing {
  readonly nowMs: number;
  readonly style: Style;
  readonly unicode: boolean;
  /** How a person ends it; empty where nothing is drawn in place. */
  readonly ending: string;
  /** What is older than this should have been read again. */
  readonly lateAfterMs: number;
}

const DRAW_MS = 1000;
/** What a look may take where a store is slow. */
const LOOK_TAKES_MS = 10_000;
const ending = () => t`q ends it`;

/**
 * Looks until a person ends it: on a screen that is drawn in place; as one line whenever something has changed where there is
 * none; as one JSON document a look with `json`. Resolves with the exit code. Ctrl-C ends the program.
 */
export async function watch<Seen>(
  watched: Watched<Seen>,
  { terminal, clock }: Pick<Surroundings, 'terminal' | 'clock'>,
  json: boolean,
): Promise<number> {
  const style = await terminalStyle(terminal.colour, terminal.columns);
  if (!json && terminal.screen() !== null) return await onScreen(watched, { terminal, clock, style });
  const tell = json
    ? (seen: Seen) => terminal.result(JSON.stringify(watched.document(seen)))
    : whenChanged(watched, terminal, clock.nowMs, style);
  let lastFault: string | null = null;
  const looking = startLooking(watched, clock.nowMs, ({ value, fault }) => {
    if (fault === null && value !== null) tell(value);
    if (fault !== null && fault !== lastFault) terminal.notice(`notice: ${fault}`);
    lastFault = fault;
  });
  return await looking.failed;
}

/** Prints a look where it differs from the one before: a line, or on a terminal without a movable cursor all of it. */
function whenChanged<Seen>(watched: Watched<Seen>, terminal: Terminal, now: () => number, style: Style) {
  let last: string | null = null;
  const { unicode } = terminal;
  return (seen: Seen) => {
    const line = watched.logLine(seen);
    if (line === last) return;
    last = line;
    const nowMs = now();
    const known = { value: seen, atMs: nowMs, fault: null };
    const showing = { nowMs, style, unicode, ending: '', lateAfterMs: Number.POSITIVE_INFINITY };
    const lines = terminal.interactive
      ? [...watched.screenLines(known, showing), '']
      : [inOneLine(`${wallTimeText(nowMs, watched.timeZone)} ${line}`)];
    terminal.result(`${shownBy(terminal, lines).join('\n')}\n`);
  };
}

async function onScreen<Seen>(
  watched: Watched<Seen>,
  { terminal, clock, style }: Pick<Surroundings, 'terminal' | 'clock'> & { readonly style: Style },
): Promise<number> {
  const device = terminal.screen()!;
  const { unicode } = terminal;
  let known: LastKnown<Seen> = NOTHING_KNOWN;
  const draw = () => {
    const { columns } = device.size();
    const now = { nowMs: clock.nowMs(), style: { ...style, columns } };
    const showing = { ...now, unicode, ending: ending(), lateAfterMs: watched.everyMs + LOOK_TAKES_MS };
    screen.draw(shownBy(terminal, watched.screenLines(known, showing)));
  };
  const screen = openLiveScreen(device, draw, unicode ? '…' : '~');
  const looking = startLooking(watched, clock.nowMs, (now) => {
    known = now;
    draw();
  });
  // Times are counted on while a look waits for a store that is away.
  const drawing = startLoop(
    async () => draw(),
    () => DRAW_MS,
  );
  try {
    await Promise.race([screen.left, looking.failed]);
    return EXIT.done;
  } finally {
    screen.close();
    await drawing.stop();
    await looking.stop();
  }
}

/** Looks again and again; `failed` rejects with what waiting does not help against. */
function startLooking<Seen>(
  { look, everyMs }: Watched<Seen>,
  nowMs: () => number,
  told: (known: LastKnown<Seen>) => void,
) {
  let known: LastKnown<Seen> = NOTHING_KNOWN;
  let fail = (_: unknown) => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const once = async () => {
    try {
      known = await readAgain(known, look, nowMs);
      told(known);
    } catch (thrown) {
      fail(thrown);
    }
  };
  const loop = startLoop(once, () => everyMs);
  return { failed, stop: loop.stop };
}

/** Single lines in letters that the terminal has. */
function shownBy({ unicode }: Terminal, lines: readonly string[]): string[] {
  const single = lines.flatMap((line) => line.split('\n'));
  return unicode ? single : single.map(asAscii);
}
