import { describe, expect, it } from 'vitest';
import { alignedRows } from '../../src/render/table.js';

describe('alignedRows', () => {
  it('lets a title reach over the columns, which it does not widen', () => {
    const rows = [['bookings of the driver'], ['  up to 50', '12', 'better']];
    expect(alignedRows(['segment', 'n', 'result'], rows, 40)).toEqual([
      'segment     n   result',
      'bookings of the driver',
      '  up to 50  12  better',
    ]);
  });

  it('lets the texts of the last column go on below, where the terminal is too narrow for them', () => {
    const rows = [['22', '100 %', 'every gate passes, real_model passed over']];
    expect(alignedRows(['day', 'traffic', 'why'], rows, 40)).toEqual([
      'day  traffic  why',
      '22   100 %    every gate passes,',
      '              real_model passed over',
    ]);
  });

  it('puts the cells below each other where that leaves the texts no room', () => {
    const rows = [['22', '100 %', 'every gate passes']];
    expect(alignedRows(['day', 'traffic', 'why'], rows, 26)).toEqual([
      '22',
      '  traffic  100 %',
      '  why      every gate passes',
    ]);
  });
});
