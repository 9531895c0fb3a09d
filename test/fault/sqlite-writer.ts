/** Commits one revision after another into the SQLite file it is given, and prints each that was acknowledged. */
import { writeSync } from 'node:fs';
import { sqliteStore } from '../../src/flag/sqlite-store.js';
import { write } from '../contract/commands.js';

const [path = ''] = process.argv.slice(2);
const KEY = 'ml-delay-prediction';
const store = sqliteStore(path, KEY);
while (true) {
  const result = await write(store, KEY, { kind: 'percentage' });
  if (result.kind === 'committed') writeSync(1, `${result.revision}\n`);
}
