import { expect, test } from 'vitest';
import { idCell } from '../src/csv-cell.js';

test.each([
  ['17', '17'],
  ['B-2026.03:17', 'B-2026.03:17'],
  ['Genève 4', '"Genève 4"'],
  ['a,b', '"a,b"'],
  ['a\nb', '"a\nb"'],
  ['say "x"', '"say ""x"""'],
  ['=1+2', `"'=1+2"`],
  ['+41', `"'+41"`],
  ['-5', `"'-5"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\t=1+2', `"'\t=1+2"`],
  ['\r@SUM(A1)', `"'\r@SUM(A1)"`],
  ['＝1+2', `"'＝1+2"`],
])('the id %j is the cell %s', (id, cell) => {
  expect(idCell(id)).toBe(cell);
});
