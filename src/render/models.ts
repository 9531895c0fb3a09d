import Table from 'cli-table3';
import type { ListedModel } from '../model/list-models.js';
import { t } from '../wording/t.js';
import { count, decimal } from './number.js';

/** The models of a folder as a table for people; faults stand below it. */
export function modelsText(models: readonly ListedModel[]): string {
  if (models.length === 0) return t`There are no models. \`atmr-ml train\` makes one.`;
  const table = new Table({
    head: ['', t`file`, t`name`, t`version`, t`bookings`, t`test MAE, min`, t`trained on`],
    style: { head: [], border: [] },
  });
  for (const { isDefault, file, name, version, rows, testMae, simulated } of models) {
    const bookings = rows === null ? '–' : count(rows);
    const origin = simulated === null ? '–' : simulated ? t`simulated bookings` : t`real bookings`;
    table.push([isDefault ? '*' : '', file, name ?? '–', version ?? '–', bookings, decimal(testMae), origin]);
  }
  const faults = models.flatMap(({ fault }) => (fault === null ? [] : [`! ${fault}`]));
  return [table.toString(), t`* is used unless --model says otherwise`, ...faults].join('\n');
}
