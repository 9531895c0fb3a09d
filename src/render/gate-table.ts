import type { GateRow } from '../replay/gates.js';
import { GATE_ANSWERS, GATE_RESULTS } from './ab-test-words.js';
import { count, decimal, percent, signedPercent } from './number.js';
import type { Style } from './style.js';
import { plainRows } from './table.js';

export const GATE_HEAD = ['gate', 'value', '95 % bounds', 'target', 'result', 'point', 'needs'];
const GATE_COLUMNS = [19, 8, 18, 9, 15, 5];
/** Those, a space after each, and the last. */
const WIDTH = 88;
/** Where the result stands. */
export const RESULT_COLUMN = 4;

/** The gates as aligned lines, their names on the first. */
export function gateLines(gates: readonly GateRow[], style: Style): string[] {
  const paint = ({ result }: GateRow) => style[GATE_ANSWERS[result]];
  const rows = gates.map(gateCells);
  if (style.columns < WIDTH) {
    const painted = rows.map((cells, i) =>
      cells.with(RESULT_COLUMN, paint(gates[i]!)(cells[RESULT_COLUMN]!)),
    );
    return plainRows(GATE_HEAD, painted);
  }
  const head = columns(GATE_HEAD, (result) => result);
  return [style.dim(head), ...rows.map((cells, i) => columns(cells, paint(gates[i]!)))];
}

/** In the order of {@link GATE_HEAD}; the last is about how many bookings would decide it. */
export function gateCells(gate: GateRow): string[] {
  const show = unitOf(gate.name);
  return [
    gate.name,
    show(gate.value),
    `[${show(gate.lower)}, ${show(gate.upper)}]`,
    `${gate.direction === 'below' ? '<' : '>'} ${show(gate.target)}`,
    GATE_RESULTS[gate.result],
    yesNo(gate.pointMeetsTarget),
    gate.needed === null ? '' : count(gate.needed),
  ];
}

/** Pads before painting: colour codes have no width on the screen, but they have a length. */
function columns(cells: readonly string[], paintResult: (text: string) => string): string {
  const padded = cells.map((cell, i) => cell.padEnd(GATE_COLUMNS[i] ?? 0));
  return padded.with(RESULT_COLUMN, paintResult(padded[RESULT_COLUMN]!)).join(' ').trimEnd();
}

function yesNo(answer: boolean | null): string {
  return answer === null ? '–' : answer ? 'yes' : 'no';
}

function unitOf(gate: string): (value: number | null) => string {
  if (gate === 'mae') return decimal;
  if (gate === 'prediction_time_p95') return (value) => decimal(value, 1);
  return gate.startsWith('improvement') ? signedPercent : percent;
}
