import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Setting } from '../settings.js';
import { t } from '../wording/t.js';
import { type Finding, ok, warn } from './check.js';

const FOR_OTHERS = 0o007;
const RIGHTS = 0o777;

/** Whether other users of this machine may read or write the `.env` that holds a token, a key or a password. */
export function keptSecrets(settings: readonly Setting[]): Finding {
  // What is masked is what somebody could act with.
  const held = settings.filter(({ source, value }) => source === '.env' && value?.includes('***') === true);
  if (held.length === 0) return ok(t`none in .env`);
  const file = resolve('.env');
  const rights = statSync(file).mode & RIGHTS;
  if ((rights & FOR_OTHERS) === 0) return ok(t`${held.length} in ${file}, which others may not read`);
  return warn(
    t`${file} holds secrets and others may read it (mode ${rights.toString(8)})`,
    t`Run \`chmod 600 ${file}\`, and change what others may have read.`,
  );
}
