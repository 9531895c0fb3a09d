import { t } from './t.js';

/** A dimension for people: `day and driver`, in the language of now. One that is not known is shown as it is. */
export function dimensionName(dimension: string): string {
  const names: Readonly<Record<string, string>> = { booking: t`booking`, day: t`day`, driver: t`driver` };
  const [first = '', second] = dimension.split(' and ').map((name) => names[name] ?? name);
  return second === undefined ? first : t`${first} and ${second}`;
}
