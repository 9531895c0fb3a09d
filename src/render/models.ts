import Table from 'cli-table3';
import type { ListedModel } from '../model/list-models.js';
import { count, decimal } from './number.js';

/** The models of a folder as a table for people; faults stand below it. */
export function modelsText(models: readonly ListedModel[]): string {
  if (models.length === 0) return 'There are no models. `atmr-ml train` makes one.';
  const table = new Table({
    head: ['', 'file', 'name', 'version', 'bookings', 'test MAE, min', 'trained on'],
    style: { head: [], border: [] },
  });
  for (const { isDefault, file, name, version, rows, testMae, simulated } of models) {
    const bookings = rows === null ? '–' : count(rows);
    const origin = simulated === null ? '–' : simulated ? 'simulated bookings' : 'real bookings';
    table.push([isDefault ? '*' : '', file, name ?? '–', version ?? '–', bookings, decimal(testMae), origin]);
  }
  const faults = models.flatMap(({ fault }) => (fault === null ? [] : [`! ${fault}`]));
  return [table.toString(), '* is used unless --model says otherwise', ...faults].join('\n');
}
