/**
 * Fuzzes every parser in turn: `fuzz-process <seed> <milliseconds> <file>`. Before each input it writes it to the file, so that
 * whoever watches knows on which one it hangs or dies; what it finds it sends to its parent, shrunk.
 */
import { openSync, writeSync } from 'node:fs';
import fc from 'fast-check';
import { AtmrError } from '../../src/errors.js';
import { BOOKING_TARGETS } from './booking-targets.js';
import { DOCUMENT_TARGETS } from './document-targets.js';
import type { FuzzNews } from './news.js';
import { require, type Target } from './target.js';

const [seed = 1, forMs = 1000] = process.argv.slice(2, 4).map(Number);
const underway = openSync(process.argv[4] ?? '', 'w');
const RUNS = 50;
const MOST_MEGABYTES = 300;
const untilMs = performance.now() + forMs;
let count = 0;

/** Each at least once, then again in the same order with another seed until the time is over. */
for (let round = 0; round === 0 || performance.now() < untilMs; round++) {
  for (const target of [...BOOKING_TARGETS, ...DOCUMENT_TARGETS]) {
    if (round > 0 && performance.now() >= untilMs) break;
    await fuzz(target, seed + round);
  }
}
send({ kind: 'done' });
process.disconnect?.();

async function fuzz(target: Target, ownSeed: number): Promise<void> {
  const before = count;
  const property = fc.asyncProperty(target.inputs, (input) => judge(target, input));
  const { counterexample, errorInstance } = await fc.check(property, { seed: ownSeed, numRuns: RUNS });
  if (counterexample !== null) {
    const fault = errorInstance instanceof Error ? (errorInstance.stack ?? '') : String(errorInstance);
    send({ kind: 'finding', target: target.name, seed: ownSeed, input: textOf(counterexample[0]), fault });
  }
  send({ kind: 'runs', target: target.name, runs: count - before });
}

async function judge(target: Target, input: unknown): Promise<void> {
  count += 1;
  const place = Buffer.from(`${String(count).padStart(12)}\n${target.name}\n${textOf(input)}\n\n`);
  writeSync(underway, place, 0, place.length, 0);
  const beforeBytes = process.memoryUsage.rss();
  try {
    await target.read(input as never);
  } catch (thrown) {
    if (!(thrown instanceof AtmrError)) throw thrown;
    require(thrown.message.length < 20_000, 'a message as long as a file');
  }
  const grownMegabytes = (process.memoryUsage.rss() - beforeBytes) / 2 ** 20;
  require(grownMegabytes < MOST_MEGABYTES, `one input took ${Math.round(grownMegabytes)} MB`);
  require(Object.keys(Object.prototype).length === 0, 'Object.prototype has members');
  require(!('a' in {}) && !('polluted' in {}), 'objects have members of nobody');
}

function textOf(input: unknown): string {
  if (ArrayBuffer.isView(input)) return `base64:${Buffer.from(input as Uint8Array).toString('base64')}`;
  return fc.stringify(input);
}

function send(news: FuzzNews): void {
  process.send?.(news);
}
