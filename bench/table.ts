import Table from 'cli-table3';
import type { Comparison } from './comparison.js';
import type { Machine } from './machine.js';

/** Rows of a terminal's table, and what it was measured on below. */
export function comparisonTable(comparisons: readonly Comparison[], machine: Machine): string {
  const table = new Table({
    head: ['', 'ours', 'peer or limit', 'theirs', 'ratio', 'rounds', 'wanted', ''],
    style: { head: [], border: [] },
  });
  for (const { what, unit, ours, peer, theirs, ratio, rounds, wanted, passed } of comparisons) {
    table.push([
      what,
      `${figure(ours)} ${unit}`,
      peer,
      `${figure(theirs)} ${unit}`,
      `${ratio.median.toFixed(2)} × (${ratio.least.toFixed(2)}–${ratio.greatest.toFixed(2)})`,
      String(rounds),
      wanted === null ? '' : 'atMost' in wanted ? `≤ ${wanted.atMost} ×` : `≥ ${wanted.atLeast} ×`,
      passed === null ? '' : passed ? 'ok' : 'NOT OK',
    ]);
  }
  return `${table.toString()}\n${about(machine)}`;
}

function about({ processor, cores, memoryGb, system, node, versions }: Machine): string {
  const known = Object.entries(versions).map(([name, version]) => `${name} ${version ?? 'not installed'}`);
  return `${processor}, ${cores} cores, ${memoryGb} GB, ${system}, node ${node}\n${known.join(', ')}`;
}

/** Three figures, thousands apart. */
function figure(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en').replaceAll(',', ' ');
  return value.toPrecision(3);
}
