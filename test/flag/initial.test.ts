import { expect, it } from 'vitest';
import { plannedWarning } from '../../src/flag/initial.js';

it.each([
  [true, 'postgres', 'ML_ENABLED=true, 50 % will be written as revision 1 by the next change: on, 50 %.'],
  [false, 'sqlite', 'ML_ENABLED=false, 50 % will be written as revision 1 by the next change: off.'],
  [true, 'redis', 'ML_ENABLED=true, 50 % will be written as revision 1 by the next change: off.'],
] as const)('the initial state ML_ENABLED=%s on %s is told before it is written', (enabled, record, text) => {
  const initial = { enabled, percentage: 50, fallbackOnError: true };
  expect(plannedWarning(initial, record)).toEqual({ code: 'INITIAL_STATE', text });
});
