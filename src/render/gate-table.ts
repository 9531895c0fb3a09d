import type { GateRow } from '../replay/gates.js';
import { t } from '../wording/t.js';
import { GATE_ANSWERS, gateResults, resultInColumn } from './ab-test-words.js';
import { count, counted, decimal, endsText, percent, signedPercent } from './number.js';
import type { Style } from './style.js';
import { alignedRows } from './table.js';

export const gateHead = () => [t`gate`, t`value`, t`95 % bounds`, t`target`, t`result`, t`point`, t`needs`];
/** Where the result stands, and what would decide it. */
export const RESULT_COLUMN = 4;
const NEEDS_COLUMN = 6;

/** The gates as aligned lines; below, what undecided ones need, for which a column would be too wide. */
export function gateLines(gates: readonly GateRow[], style: Style): string[] {
  const rows = gates.map((gate) => {
    const cells = gateCells(gate).slice(0, NEEDS_COLUMN);
    const result = resultInColumn(cells[RESULT_COLUMN]!, style);
    return cells.with(RESULT_COLUMN, style[GATE_ANSWERS[gate.result]](result));
  });
  const lines = alignedRows(gateHead().slice(0, NEEDS_COLUMN), rows, style.columns);
  return [...lines, ...needLines(gates, style)];
}

function needLines(gates: readonly GateRow[], style: Style): string[] {
  return gates.flatMap(({ name, needed }) =>
    needed === null ? [] : [style.dim(t`${name} needs some ${counted(needed, t`booking`)} to be decided`)],
  );
}

/** In the order of {@link gateHead}; the last is about how many bookings would decide it. */
export function gateCells(gate: GateRow): string[] {
  const { show, unit } = UNITS[gate.name] ?? SHARE;
  return [
    gate.name,
    gate.value === null ? show(null) : `${show(gate.value)}${unit}`,
    gate.lower === null && gate.upper === null ? show(null) : endsText(show(gate.lower), show(gate.upper)),
    gate.name === 'real_model' ? t`yes` : targetCell(gate),
    gateResults()[gate.result],
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
  roi: { show: (value) => (value === null ? '–' : t`${Math.round(value * 100)} %`), unit: '' },
  real_model: { show: (value) => (value === null ? '–' : value > 0 ? t`yes` : t`no`), unit: '' },
};

/** A target is a round number: its digits are those that it has. */
function targetText(target: number, gate: string): string {
  const { show, unit } = UNITS[gate] ?? SHARE;
  return unit === ''
    ? show(target).replace(/[.,]0(?=\s)/, '')
    : `${decimal(target, target % 1 === 0 ? 0 : 1)}${unit}`;
}

function yesNo(answer: boolean | null): string {
  return answer === null ? '–' : answer ? t`yes` : t`no`;
}
