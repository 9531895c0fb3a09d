import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/build.ts'],
    // Servers start and stop in them, on machines that may be slow.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // The slowest tests wait for most of their time; vitest would leave one of two cores idle.
    maxWorkers: 2,
    // Of the random rounds, which wait for most of their time.
    maxConcurrency: 5,
    coverage: { include: ['bin/**', 'commands/**', 'src/**'], reporter: ['text-summary', 'html'] },
  },
});
