import type { Showing } from '../../report/showing.js';
import type { GateName } from '../../rollout/gate-spec.js';
import type { RolloutGate } from '../../rollout/gates.js';
import { GATE_ANSWERS } from '../ab-test-words.js';
import type { Table, TableCell } from './blocks.js';

type Show = (formats: Showing['formats'], value: number | null) => string;

const share: Show = (formats, value) => formats.percent(value);
const signed: Show = (formats, value) => formats.signedPercent(value);

/** How each gate's number is written. */
const UNITS: Readonly<Record<GateName, Show>> = {
  failure_rate: share,
  mae: (formats, value) => formats.minutes(value),
  improvement: signed,
  improvement_target: signed,
  r2: (formats, value) => formats.decimal(value),
  prediction_time_p95: (formats, value) => formats.milliseconds(value),
  crashes: (formats, value) => formats.count(value),
  stable: signed,
  roi: (formats, value) => formats.wholePercent(value),
  real_model: (formats, value) => formats.count(value),
};

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
  const show = (value: number | null) => UNITS[gate.name](formats, value);
  const { value, lower, upper, direction, target } = gate;
  const bounds = lower === null && upper === null ? '–' : `${show(lower)} … ${show(upper)}`;
  return [show(value), bounds, `${direction === 'below' ? '<' : '>'}\u00A0${show(target)}`];
}

function realCells({ value }: RolloutGate, { yes, no }: Showing['words']['monitoring']): TableCell[] {
  return [value === null ? '–' : value > 0 ? yes : no, '', yes];
}
