import type { GateRow } from '../replay/gates.js';
import { decimal, percent, signedPercent } from './number.js';
import type { Style } from './style.js';
import { plainRows } from './table.js';

const RESULTS = { pass: 'pass', fail: 'FAIL', insufficient: 'not enough data' } as const;

const HEAD = ['gate', 'value', '95 % bounds', 'target', 'result', 'point'];
const GATE_COLUMNS = [19, 8, 18, 9, 15];
/** Those, a space after each, and the last. */
const WIDTH = 79;

/** The gates as aligned lines, their names on the first. */
export function gateLines(gates: readonly GateRow[], style: Style): string[] {
  const paint = { pass: style.good, fail: style.bad, insufficient: style.warn };
  const rows = gates.map(gateCells);
  if (style.columns < WIDTH) {
    const painted = rows.map((cells, i) => cells.with(4, paint[gates[i]!.result](cells[4]!)));
    return plainRows(HEAD, painted);
  }
  const head = columns(HEAD, (result) => result);
  return [style.dim(head), ...rows.map((cells, i) => columns(cells, paint[gates[i]!.result]))];
}

function gateCells(gate: GateRow): string[] {
  const show = unitOf(gate.name);
  return [
    gate.name,
    show(gate.value),
    `[${show(gate.lower)}, ${show(gate.upper)}]`,
    `${gate.direction === 'below' ? '<' : '>'} ${show(gate.target)}`,
    RESULTS[gate.result],
    yesNo(gate.pointMeetsTarget),
  ];
}

/** Pads before painting: colour codes have no width on the screen, but they have a length. */
function columns(cells: readonly string[], paintResult: (text: string) => string): string {
  const padded = cells.map((cell, i) => cell.padEnd(GATE_COLUMNS[i] ?? 0));
  return [...padded.slice(0, 4), paintResult(padded[4]!), padded[5]].join(' ').trimEnd();
}

function yesNo(answer: boolean | null): string {
  return answer === null ? '–' : answer ? 'yes' : 'no';
}

function unitOf(gate: string): (value: number | null) => string {
  if (gate === 'mae') return decimal;
  if (gate === 'prediction_time_p95') return (value) => decimal(value, 1);
  return gate.startsWith('improvement') ? signedPercent : percent;
}
