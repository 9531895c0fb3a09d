import { expect, test } from 'vitest';
import { planColumns } from '../../src/booking/columns.js';

test.each([
  [['scheduled_time'], 'has no column id (or booking_id); its columns are scheduled_time'],
  [['id', 'is_urgent'], 'has no column scheduled_time (or ready features'],
  [['id', 'time'], 'its columns are id, time'],
  [['id', 'scheduled_time', 'id'], 'has the column id twice'],
  [['id', 'scheduled_time', ' id '], 'has the column id twice'],
  [[''], 'its columns are (unnamed)'],
])('%j make no booking', (names, problem) => {
  expect(planColumns(names).problem?.()).toContain(problem);
});

test('those that are not used are told, those of the usual exports are not', () => {
  const plan = planColumns(['id', 'scheduled_time', 'company_id', 'assignment_id', 'notes', '__proto__']);
  expect(plan).toMatchObject({ problem: null, ignored: ['notes', '__proto__'] });
});
