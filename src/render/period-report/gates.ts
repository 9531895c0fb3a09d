import type { Showing } from '../../report/showing.js';
import type { RolloutGate } from '../../rollout/gates.js';
import { GATE_FIGURES } from '../../wording/gate-figures.js';
import { GATE_ANSWERS } from '../ab-test-words.js';
import type { Table, TableCell } from './blocks.js';

/** What has to be proven before the present step is left. */
export function gateTable(gates: readonly RolloutGate[], { words, formats }: Showing): Table {
  const { head } = words.monitoring.gates;
  return {
    ...{ kind: 'table', caption: words.evidence.gatesNow, words: 1 },
    head: [...head],
    rows: gates.map((gate) => [
      words.monitoring.rollout.gates[gate.name],
      ...(gate.name === 'real_model' ? realCells(gate, words.monitoring) : numberCells(gate, formats)),
      { tone: GATE_ANSWERS[gate.result], text: words.monitoring.rollout.results[gate.result] },
      gate.needed === null ? '' : words.monitoring.gates.needs(formats.count(gate.needed)),
    ]),
  };
}

function numberCells(gate: RolloutGate, formats: Showing['formats']): TableCell[] {
  const show = (value: number | null) => GATE_FIGURES[gate.name](formats, value);
  const { value, lower, upper, direction, target } = gate;
  const bounds = lower === null && upper === null ? '–' : `${show(lower)} … ${show(upper)}`;
  return [show(value), bounds, `${direction === 'below' ? '<' : '>'}\u00A0${show(target)}`];
}

function realCells({ value }: RolloutGate, { yes, no }: Showing['words']['monitoring']): TableCell[] {
  return [value === null ? '–' : value > 0 ? yes : no, '', yes];
}
