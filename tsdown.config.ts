import { defineConfig } from 'tsdown';

/**
 * What every command, or every command on Postgres and Redis, loads: bundled, because node opens one file several
 * times faster than the 130 of these packages. What is native, or loaded by few, stays a package.
 */
const BUNDLED =
  /^(commander|chalk|valibot|yaml|pg|pg-.+|pgpass|postgres-.+|split2|xtend|ioredis|@ioredis\/.+|cluster-key-slot|debug|ms|denque|redis-.+|standard-as-callback)$/;

export default defineConfig({
  entry: { 'atmr-ml': 'bin/atmr-ml.ts', 'onnxruntime-process': 'bin/onnxruntime-process.ts' },
  format: 'esm',
  platform: 'node',
  target: 'node20',
  fixedExtension: false,
  dts: false,
  clean: true,
  report: false,
  deps: { alwaysBundle: BUNDLED, neverBundle: ['pg-native'], onlyBundle: false },
});
