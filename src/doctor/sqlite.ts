import { join } from 'node:path';
import { systemClock } from '../clock.js';
import { messageOf } from '../errors.js';
import { decimal } from '../render/number.js';
import { sqliteAt } from '../sqlite.js';
import { t } from '../wording/t.js';
import { type CheckGroup, type Finding, fail, ok, unknown } from './check.js';
import { takesFiles } from './home.js';

/** The embedded record. It migrates itself when it is opened. */
export function sqliteChecks(home: string): CheckGroup {
  const path = join(home, 'atmr-ml.db');
  const database = sqliteAt(path);
  const look = async (): Promise<Finding> => {
    if (!(await takesFiles(home))) {
      return unknown(t`not looked at: its folder cannot be written`);
    }
    try {
      const startedMs = systemClock.monotonicMs();
      const [version] = await database.peek('SELECT sqlite_version()');
      const [verdict] = await database.peek('PRAGMA quick_check(1)');
      await database.write(() => {});
      const tookMs = systemClock.monotonicMs() - startedMs;
      if (verdict === 'ok')
        return ok(t`SQLite ${String(version)} at ${path}, sound, ${decimal(tookMs, 1)} ms`);
      return fail(
        t`${path} is damaged: ${String(verdict)}`,
        t`Put a copy of the file from a backup in its place.`,
      );
    } catch (thrown) {
      const remedy = t`Check its owner and the room on its disk. If it is damaged, put a copy from a backup in its place, or move it aside: the forced offs of this machine’s journal come back by themselves.`;
      return fail(messageOf(thrown).replace(/\.$/, ''), remedy);
    }
  };
  const check = { name: 'sqlite' as const, expected: t`a sound file that may be written`, look };
  return { checks: [check], close: async () => database.close() };
}
