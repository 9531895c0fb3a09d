/** Of the flag, what reads and writes stores, disks and sockets: test/contract and test/fault judge it on real servers. */
const FLAG_ADAPTERS = [
  ...['sqlite-store', 'postgres-store', 'postgres-watch', 'redis-store', 'redis-connection', 'redis-scripts'],
  ...['disk', 'durable-file', 'peers', 'watch-events', 'polling', 'reader', 'reporting', 'memory', 'stores'],
  // What a writer does with a store between two messages.
  ...['activate', 'commit', 'confirmation', 'disable', 'disable-directly', 'edit', 'history', 'initial'],
  ...['outcome', 'percentage', 'repair', 'status', 'sync', 'model-change', 'holders'],
];
/** A rollout on past bookings: their tests play months, too slow to repeat for each mutant. */
const SIMULATION = ['play', 'play-advance', 'play-evidence', 'play-moments', 'playing', 'day-collector'];
const FOLDERS = {
  flag: ['src/flag/*.ts', `!src/flag/{${FLAG_ADAPTERS}}.ts`],
  // `move` hands a transition to the flag's writer.
  rollout: ['src/rollout/*.ts', `!src/rollout/{move,simulate-rollout,simulation-flags,${SIMULATION}}.ts`],
  statistics: ['src/statistics/*.ts'],
};
/** One of the folders; all of them when it is not set. */
const folder = process.env.FOLDER;

/** `npm run test:mutation`: a change to the code that no test notices is a test that is missing. */
export default {
  mutate: folder === undefined ? Object.values(FOLDERS).flat() : FOLDERS[folder],
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts' },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  incremental: true,
  incrementalFile: `coverage/mutation/${folder ?? 'all'}-incremental.json`,
  tempDirName: '.stryker',
  ignorePatterns: ['dist', 'docs', 'bench', 'coverage'],
  reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
  htmlReporter: { fileName: `coverage/mutation/${folder ?? 'all'}.html` },
  jsonReporter: { fileName: `coverage/mutation/${folder ?? 'all'}.json` },
  clearTextReporter: { allowColor: false, reportTests: false },
  // Constants of a module are made once a process: each of their mutants would need every test of every file anew.
  ignoreStatic: true,
  thresholds: { high: 95, low: 85, break: 85 },
};
