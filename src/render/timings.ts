import { t } from '../wording/t.js';
import { decimal, percent } from './number.js';

/** `took 4.21 s: reading 1.20 s (29 %), …`, from milliseconds by part. */
export function timingsText(partsMs: ReadonlyMap<string, number>): string {
  const total = [...partsMs.values()].reduce((sum, ms) => sum + ms, 0);
  const parts = [...partsMs].map(([part, ms]) => {
    const share = total === 0 ? '' : ` (${percent(ms / total, 0)})`;
    return `${partName(part)} ${decimal(ms / 1000)} s${share}`;
  });
  return t`took ${decimal(total / 1000)} s: ${parts.join(', ')}`;
}

function partName(part: string): string {
  const names: Readonly<Record<string, string>> = {
    planning: t`planning`,
    reading: t`reading`,
    scoring: t`scoring`,
    statistics: t`statistics`,
    report: t`report`,
  };
  return names[part] ?? part;
}
