/** Records one answer after the other and prints each that was acknowledged: `recorder-process <home> <url or ->`. */
import { writeSync } from 'node:fs';
import { systemClock } from '../../src/clock.js';
import { openLedger } from '../../src/ledger/open-ledger.js';
import { startRecorder } from '../../src/ledger/start-recorder.js';
import { prediction } from '../ledger/rows.js';

const [home = '', url = '-'] = process.argv.slice(2);
const settings = { home, databaseUrl: url === '-' ? null : url };
const ledger = await openLedger(settings);
const recorder = await startRecorder(ledger, settings, systemClock, () => {});
process.on('SIGTERM', async () => {
  stopping = true;
  await recorder.stop();
  await ledger.close();
  process.exit(0);
});
let stopping = false;
for (let i = 0; !stopping; i++) {
  const row = prediction({ requestId: `${process.pid} ${i}`, bookingId: `${i}` });
  // Every third one is not waited for, but told before the next one is.
  if (i % 3 === 0) {
    recorder.add(row);
    writeSync(1, `added ${row.requestId}\n`);
  } else {
    await recorder.addDurably(row).then(
      () => writeSync(1, `durable ${row.requestId}\n`),
      () => {},
    );
  }
  await new Promise((resolve) => setTimeout(resolve, 2));
}
