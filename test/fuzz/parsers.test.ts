import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { durationMs } from '../soak/duration.js';
import { BOOKING_TARGETS } from './booking-targets.js';
import { DOCUMENT_TARGETS } from './document-targets.js';
import { watchFuzz } from './watch-fuzz.js';

/** `DURATION=10m npm run test:fuzz:parsers` reads more. */
const FOR_MS = durationMs(process.env.DURATION ?? '3s');
const SEED = Number(process.env.SEED ?? 20_261_128);
const FINDINGS = 'coverage/fuzz-findings.json';

describe(`whatever the parsers are given, for ${FOR_MS / 1000} s (SEED=${SEED})`, () => {
  it(
    'they say what it is, or what is wrong with it',
    async () => {
      const { runs, findings } = await watchFuzz(SEED, FOR_MS);
      const told = [...runs].map(([name, count]) => `  ${String(count).padStart(8)}  ${name}`).join('\n');
      const total = [...runs.values()].reduce((sum, count) => sum + count, 0);
      process.stderr.write(`fuzz of parsers, SEED=${SEED}: ${total} inputs\n${told}\n`);
      if (findings.length > 0) {
        mkdirSync('coverage', { recursive: true });
        writeFileSync(FINDINGS, JSON.stringify(findings, null, 2));
      }
      expect(findings.slice(0, 5), `all ${findings.length} are in ${FINDINGS}`).toEqual([]);
      const names = [...BOOKING_TARGETS, ...DOCUMENT_TARGETS].map(({ name }) => name);
      expect([...runs.keys()].sort()).toEqual(names.sort());
    },
    2 * FOR_MS + 600_000,
  );
});
