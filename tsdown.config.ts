import { resolve } from 'node:path';
import { defineConfig } from 'tsdown';

/**
 * What every command, or every command on Postgres and Redis, loads: bundled, because node opens one file several
 * times faster than the 130 of these packages. What is native, or loaded by few, stays a package.
 */
const LOADED_BY_MANY =
  /^(commander|chalk|valibot|yaml|pg|pg-.+|pgpass|postgres-.+|split2|xtend|ioredis|@ioredis\/.+|cluster-key-slot|debug|ms|denque|redis-.+|standard-as-callback|@date-fns\/tz|libsql|@neon-rs\/load|detect-libc)$/;
/** There as ES modules alone, which CommonJS cannot `require` in Node 20.18. */
const ES_MODULES_ALONE = /^(d3-.+|internmap|pbf)$/;

/**
 * libsql asks node for a report of the whole process, which takes 5 ms, to learn which C library there is, and then asks
 * detect-libc, which reads it in a file. Its binaries are its own dependencies: they are looked for from where it is.
 */
const SOONER_IN_LIBSQL = [
  [
    'let target = currentTarget();',
    `const { platform, arch } = process;
    const isSure = platform === 'linux' && (arch === 'x64' || arch === 'arm64');
    let target = isSure ? \`linux-\${arch}-\${familySync() === GLIBC ? 'gnu' : 'musl'}\` : currentTarget();`,
  ],
  ['return require(', "return require('node:module').createRequire(require.resolve('libsql'))("],
] as const;

/** The files that many commands load, each with all that it imports. The rest is split by who imports it. */
const CHUNKS = [
  ['program', ['failure', 'terminal', 'interruption', 'clock']],
  ['flag', ['status-report', 'runtime', 'config', 'flag/sync', 'ledger/open-ledger', 'render/status']],
  ['sqlite', ['flag/sqlite-store', 'ledger/sqlite-ledger']],
].map(([name, files], index, all) => ({
  name: name as string,
  test: (id: string) => (files as string[]).some((file) => id === resolve('src', `${file}.ts`)),
  // What two of them import is in the first.
  priority: all.length - index,
}));

export default defineConfig({
  entry: { 'atmr-ml': 'bin/atmr-ml.ts', 'onnxruntime-process': 'bin/onnxruntime-process.ts' },
  // Node loads a file of CommonJS at once, and starts 5 ms earlier where it needs no loader of ES modules.
  format: 'cjs',
  outExtensions: () => ({ js: '.js' }),
  platform: 'node',
  target: 'node20',
  dts: false,
  clean: true,
  report: false,
  deps: { alwaysBundle: [LOADED_BY_MANY, ES_MODULES_ALONE], neverBundle: ['pg-native'], onlyBundle: false },
  outputOptions: {
    comments: { jsdoc: false },
    codeSplitting: { groups: CHUNKS },
  },
  plugins: [
    {
      name: 'opens-libsql-sooner',
      transform(code, id) {
        if (!id.endsWith('/libsql/index.js')) return null;
        return SOONER_IN_LIBSQL.reduce((sooner, [from, to]) => {
          if (!sooner.includes(from)) throw new Error(`libsql has no more \`${from}\``);
          return sooner.replace(from, () => to);
        }, code);
      },
    },
    {
      name: 'says-what-it-is',
      // The package's own files are ES modules.
      generateBundle({ format }) {
        const source = `${JSON.stringify({ type: format === 'cjs' ? 'commonjs' : 'module' })}\n`;
        this.emitFile({ type: 'asset', fileName: 'package.json', source });
      },
    },
  ],
});
