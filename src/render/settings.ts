import type { Setting } from '../settings.js';
import { t } from '../wording/t.js';
import { saidValue } from '../wording/values-said.js';

/** One line for each setting: name, value, where it came from. */
export function settingLines(settings: readonly Setting[]): string[] {
  const nameWidth = Math.max(...settings.map(({ name }) => name.length));
  const valueWidth = Math.max(...settings.map((setting) => valueText(setting).length));
  return settings.map((setting) => {
    const { name, source } = setting;
    return `${name.padEnd(nameWidth)}  ${valueText(setting).padEnd(valueWidth)}  (${saidValue(source)})`;
  });
}

function valueText({ value }: Setting): string {
  if (value === null) return t`not set`;
  return value === '' || value === 'none' ? t`none` : value;
}
