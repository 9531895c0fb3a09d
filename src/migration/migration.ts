import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';

/** One step of a schema, never changed once released: a later step corrects an earlier one. */
export interface Migration {
  /** 1, 2, 3 … without gaps. */
  readonly id: number;
  readonly name: string;
  readonly sql: string;
}

/** The steps a schema at `version` (0 = none) still lacks. A schema from a newer program is BAD_CONFIG. */
export function pendingMigrations(
  migrations: readonly Migration[],
  version: number,
  where: string,
): readonly Migration[] {
  const newest = migrations.length;
  if (version > newest) {
    throw new AtmrError(
      'BAD_CONFIG',
      t`The schema of ${where} is at version ${version}; this atmr-ml knows up to ${newest}. Update atmr-ml.`,
    );
  }
  return migrations.slice(version);
}
