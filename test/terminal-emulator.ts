/** What a terminal shows after some bytes. Wide letters take one place here, as no test needs them. */
export interface Emulated {
  readonly lines: readonly string[];
  /** Whether it is the second screen that is shown. */
  readonly alternate: boolean;
  readonly cursorShown: boolean;
  /** How often a line left a screen at its top: on the second one it is lost for ever. */
  readonly scrolls: number;
}

interface Buffer {
  rows: string[][];
  row: number;
  column: number;
}

const ESCAPE = '\u001B';
const SEQUENCE = new RegExp(`${ESCAPE}\\[(\\??)([\\d;]*)([A-Za-z])`, 'y');

/** A terminal of the kind that everybody has, as far as this program uses one; it fails on a sequence it does not know. */
export function emulate(bytes: string, size: { readonly columns: number; readonly rows: number }): Emulated {
  const empty = (): Buffer => ({ rows: Array.from({ length: size.rows }, () => []), row: 0, column: 0 });
  const normal = empty();
  let second = empty();
  let screen = normal;
  let [cursorShown, wraps, scrolls] = [true, true, 0];
  const next = () => {
    if (screen.row < size.rows - 1) screen.row++;
    else {
      screen.rows.push([]);
      screen.rows.shift();
      scrolls++;
    }
  };
  const put = (letter: string) => {
    if (screen.column === size.columns) {
      if (wraps) {
        screen.column = 0;
        next();
      } else screen.column--;
    }
    const line = screen.rows[screen.row]!;
    while (line.length < screen.column) line.push(' ');
    line[screen.column++] = letter;
  };
  const modes: Readonly<Record<string, (on: boolean) => void>> = {
    '7': (on) => (wraps = on),
    '25': (on) => (cursorShown = on),
    '2026': () => {},
    '1049': (on) => {
      if (on) second = empty();
      screen = on ? second : normal;
    },
  };
  const sequences: Readonly<Record<string, (given: string) => void>> = {
    H: (given) => {
      const [row = 1, column = 1] = given.split(';').map((part) => Number(part || 1));
      screen.row = Math.min(row, size.rows) - 1;
      screen.column = Math.min(column, size.columns) - 1;
    },
    // What stands at the cursor goes too, also where the line is full.
    K: () => (screen.rows[screen.row]!.length = Math.min(screen.column, size.columns - 1)),
    J: (given) => {
      if (given === '2') screen.rows = empty().rows;
      screen.rows[screen.row]!.length = screen.column;
      for (let row = screen.row + 1; row < size.rows; row++) screen.rows[row] = [];
    },
    m: () => {},
  };
  for (let i = 0; i < bytes.length; ) {
    SEQUENCE.lastIndex = i;
    const [all, isMode, given = '', name = ''] = SEQUENCE.exec(bytes) ?? [];
    if (all === undefined) {
      const letter = String.fromCodePoint(bytes.codePointAt(i)!);
      if (letter === ESCAPE) throw new Error(`unknown: ${JSON.stringify(bytes.slice(i, i + 12))}`);
      if (letter === '\n') next();
      else if (letter === '\r') screen.column = 0;
      else put(letter);
      i += letter.length;
      continue;
    }
    if (isMode) modes[given]!(name === 'h');
    else sequences[name]!(given);
    i += all.length;
  }
  const lines = screen.rows.map((line) => line.join('').trimEnd());
  return { lines, alternate: screen === second, cursorShown, scrolls };
}
