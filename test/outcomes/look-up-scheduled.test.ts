import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { AtmrError } from '../../src/errors.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/open-ledger.js';
import { startRecorder } from '../../src/ledger/start-recorder.js';
import { lookUpScheduled } from '../../src/outcomes/look-up-scheduled.js';
import { prediction } from '../ledger/rows.js';
import { temporaryFolder } from '../servers/process.js';

let home: string;
let ledger: Ledger;
beforeEach(async () => {
  home = temporaryFolder('look-up');
  ledger = await openLedger({ databaseUrl: null, home });
});
afterEach(() => ledger.close());

const start = (to: Ledger) => startRecorder(to, { home, databaseUrl: null }, systemClock, () => {});
const row = (id: string) => prediction({ requestId: id, bookingId: id });

it('finds what was answered a moment ago, and knows nobody’s booking while others are answered all the time', async () => {
  const recorder = await start(ledger);
  recorder.add(row('just now'));
  let count = 0;
  const others = setInterval(() => recorder.add(row(`other ${++count}`)), 5);
  const found = await lookUpScheduled(['just now', 'nobody'], ledger, recorder);
  clearInterval(others);
  await recorder.stop();
  expect([...found.keys()]).toEqual(['just now']);
});

it('says UNAVAILABLE while answers wait on the disk for a ledger that takes none', async () => {
  const record = () => Promise.reject(new AtmrError('UNAVAILABLE', 'Nobody is there.'));
  const recorder = await start({ ...ledger, record });
  await recorder.addDurably(row('waits'));
  await expect(lookUpScheduled(['waits'], ledger, recorder)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await recorder.stop();
});
