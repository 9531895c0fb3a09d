import { defineConfig } from 'vitest/config';

/** The quick tests of the pure code, which `npm run test:mutation` runs against each mutant that they reach. */
export default defineConfig({
  test: {
    include: ['test/{flag,rollout,statistics}/**/*.test.ts'],
    exclude: [
      // A million keys, thousands of replays, or months of a rollout, a test: too slow to repeat for each mutant.
      'test/flag/bucket-spread.test.ts',
      'test/rollout/{play,simulate-rollout}.test.ts',
      'test/statistics/{verdicts,widest-coverage}.test.ts',
      // They start servers, processes or readers, or open a home on disk.
      'test/flag/{confirmation,disable,disable-copy,disable-directly,disk,history,interrupted-change}.test.ts',
      'test/flag/{memory,other-names,outcome,peers,reader-listener,reader-model,redis-database,runtime}.test.ts',
      'test/flag/{status,status-regressed,stores,sync,watch,watch-connection,watch-events,writers}.test.ts',
    ],
    // Hundreds of replays, or a thousand differences in every order: a second a test, and minutes where each line is counted.
    testNamePattern:
      /^(?!.*(covers? the truth|alarms falsely|calls few autocorrelated|is exact up to 1000|rests on 5000)).*/,
    setupFiles: ['test/without-shrinking.ts'],
    isolate: false,
    testTimeout: 300_000,
  },
});
