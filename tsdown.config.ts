import { defineConfig } from 'tsdown';

/**
 * What every command, or every command on Postgres and Redis, loads: bundled, because node opens one file several
 * times faster than the 130 of these packages. What is native, or loaded by few, stays a package.
 */
const BUNDLED =
  /^(commander|chalk|valibot|yaml|pg|pg-.+|pgpass|postgres-.+|split2|xtend|ioredis|@ioredis\/.+|cluster-key-slot|debug|ms|denque|redis-.+|standard-as-callback)$/;

export default defineConfig([
  {
    entry: { 'atmr-ml': 'bin/atmr-ml.ts', 'onnxruntime-process': 'bin/onnxruntime-process.ts' },
    format: 'esm',
    platform: 'node',
    target: 'node20',
    fixedExtension: false,
    dts: false,
    clean: ['dist'],
    report: false,
    deps: { alwaysBundle: BUNDLED, neverBundle: ['pg-native'], onlyBundle: false },
  },
  {
    // The page in one file: it asks nobody else for anything.
    entry: { dashboard: 'src/dashboard/main.tsx' },
    tsconfig: 'src/dashboard/tsconfig.json',
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    dts: false,
    clean: false,
    report: false,
    deps: { alwaysBundle: [/.*/], onlyBundle: false },
    copy: ['src/dashboard/dashboard.css', 'node_modules/uplot/dist/uPlot.min.css'],
  },
]);
