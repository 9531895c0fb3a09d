import type { GateRow } from '../replay/gates.js';

import { GATE_ANSWERS, GATE_RESULTS } from './ab-test-words.js';
import { count, counted, decimal, percent, signedPercent } from './number.js';
import type { Style } from './style.js';
import { alignedRows } from './table.js';

export const GATE_HEAD = ['gate', 'value', '95 % bounds', 'target', 'result', 'point', 'needs'];
/** Where the result stands, and what would decide it. */
export const RESULT_COLUMN = 4;
const NEEDS_COLUMN = 6;

/** The gates as aligned lines; below, what undecided ones need, for which a column would be too wide. */
export function gateLines(gates: readonly GateRow[], style: Style): string[] {
  const rows = gates.map((gate) => {
    const cells = gateCells(gate).slice(0, NEEDS_COLUMN);
    return cells.with(RESULT_COLUMN, style[GATE_ANSWERS[gate.result]](cells[RESULT_COLUMN]!));
  });
  const lines = alignedRows(GATE_HEAD.slice(0, NEEDS_COLUMN), rows, style.columns);
  return [...lines, ...needLines(gates, style)];
}

function needLines(gates: readonly GateRow[], style: Style): string[] {
  return gates.flatMap(({ name, needed }) =>
    needed === null ? [] : [style.dim(`${name} needs some ${counted(needed, 'booking')} to be decided`)],
  );
}

/** In the order of {@link GATE_HEAD}; the last is about how many bookings would decide it. */
export function gateCells(gate: GateRow): string[] {
  const { show, unit } = UNITS[gate.name] ?? SHARE;
  return [
    gate.name,
    gate.value === null ? show(null) : `${show(gate.value)}${unit}`,
    gate.lower === null && gate.upper === null ? show(null) : `[${show(gate.lower)}, ${show(gate.upper)}]`,
    gate.name === 'real_model' ? 'yes' : targetCell(gate),
    GATE_RESULTS[gate.result],
    yesNo(gate.pointMeetsTarget),
    gate.needed === null ? '' : count(gate.needed),
  ];
}

function targetCell({ direction, target, name }: GateRow): string {
  return `${direction === 'below' ? '<' : '>'} ${targetText(target, name)}`;
}

interface Unit {
  readonly show: (value: number | null) => string;
  readonly unit: string;
}

const SHARE: Unit = { show: percent, unit: '' };

const UNITS: Readonly<Record<string, Unit>> = {
  mae: { show: decimal, unit: ' min' },
  prediction_time_p95: { show: (value) => decimal(value, 2), unit: ' ms' },
  improvement: { show: signedPercent, unit: '' },
  improvement_target: { show: signedPercent, unit: '' },
  r2: { show: (value) => decimal(value, 2), unit: '' },
  crashes: { show: (value) => decimal(value, 0), unit: '' },
  stable: { show: signedPercent, unit: '' },
  roi: { show: (value) => (value === null ? '–' : `${Math.round(value * 100)} %`), unit: '' },
  real_model: { show: (value) => (value === null ? '–' : value > 0 ? 'yes' : 'no'), unit: '' },
};

/** A target is a round number: its digits are those that it has. */
function targetText(target: number, gate: string): string {
  const { show, unit } = UNITS[gate] ?? SHARE;
  return unit === ''
    ? show(target).replace('.0 ', ' ')
    : `${decimal(target, target % 1 === 0 ? 0 : 1)}${unit}`;
}

function yesNo(answer: boolean | null): string {
  return answer === null ? '–' : answer ? 'yes' : 'no';
}
