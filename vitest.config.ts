import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** They take a minute or more, mostly of waiting: begun last, they would run alone at the end. */
const LONGEST = [
  'fault/rounds',
  'guard/every-phase',
  'fault/forced-off',
  'fault/sqlite-crash',
  'training/unseen-seeds',
  'commands/rollout',
  'fault/reader-processes',
  'e2e/wizard',
  'e2e/scenarios',
  'e2e/four-weeks',
  'fault/races',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = await super.sort(files.filter((file) => rankOf(file) === LONGEST.length));
    const longest = files.filter((file) => rankOf(file) < LONGEST.length);
    return [...longest.sort((a, b) => rankOf(a) - rankOf(b)), ...others];
  }
}

function rankOf({ moduleId }: TestSpecification): number {
  const rank = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
  return rank === -1 ? LONGEST.length : rank;
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/build.ts'],
    sequence: { sequencer: LongestFirst },
    // Servers start and stop in them, on machines that may be slow.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Each file cleans up after itself; starting a process for each would cost a third of a second 240 times.
    isolate: false,
    // vitest would leave one of two cores idle. More of them starve the servers, which have to answer within a second.
    maxWorkers: 2,
    // Of the random rounds and the phases of the guard, which wait for some of their time.
    maxConcurrency: 3,
    coverage: { include: ['bin/**', 'commands/**', 'src/**'], reporter: ['text-summary', 'html'] },
  },
});
