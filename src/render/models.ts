import type { ListedModel } from '../model/list-models.js';
import { t } from '../wording/t.js';
import { count, decimal } from './number.js';
import { tableText } from './table.js';

/** The models of a folder as a table for people, or a list where the terminal is too narrow; faults stand below it. */
export function modelsText(models: readonly ListedModel[], columns: number): string {
  if (models.length === 0) return t`There are no models. \`atmr-ml train\` makes one.`;
  const head = [t`file`, t`name`, t`version`, t`bookings`, t`test MAE, min`, t`trained on`];
  const faults = models.flatMap(({ fault }) => (fault === null ? [] : [`! ${fault}`]));
  return [
    tableText(head, models.map(cellsOf), { columns, ruled: false }),
    t`* is taken by predict, ab-test and roi unless --model says otherwise; which one answers, \`atmr-ml status\` tells`,
    ...faults,
  ].join('\n');
}

function cellsOf({ isDefault, file, name, version, rows, testMae, simulated }: ListedModel): string[] {
  const bookings = rows === null ? '–' : count(rows);
  const origin = simulated === null ? '–' : simulated ? t`simulated bookings` : t`real bookings`;
  const marked = `${isDefault ? '* ' : ''}${file}`;
  return [marked, name ?? '–', version ?? '–', bookings, decimal(testMae), origin];
}
