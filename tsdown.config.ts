import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig } from 'tsdown';
import { thirdPartyLicences } from './scripts/package/third-party-licences.js';

/**
 * Bundled is whatever `dependencies` does not name: node opens one file several times faster than the hundred of a
 * package, and who installs the program gets what was tested, and not what came out since. Named there are what is
 * native or WebAssembly, and what speaks to the world and may have to be replaced sooner than this program is. libsql is both: its
 * JavaScript is here, and its binaries come with the package.
 */
const BUNDLED_ALL_THE_SAME = [/^libsql$/];
/** What drivers try to load, and go on without. */
const NEVER_THERE = ['pg-native', '@valkey/valkey-glide'];

/** What packages do when they are loaded, of what they need not: file, text, and what stands in its place. */
const SOONER = [
  // A report of the whole process, to learn which C library there is. detect-libc reads that in a file.
  {
    file: '/libsql/index.js',
    from: 'let target = currentTarget();',
    to: `const { platform, arch } = process;
      const isSure = platform === 'linux' && (arch === 'x64' || arch === 'arm64');
      let target = isSure ? \`linux-\${arch}-\${familySync() === GLIBC ? 'gnu' : 'musl'}\` : currentTarget();`,
  },
  // For systems without that file.
  {
    file: '/detect-libc/lib/detect-libc.js',
    from: "const childProcess = require('child_process');",
    to: `const childProcess = {
      exec: (...args) => require('child_process').exec(...args),
      execSync: (...args) => require('child_process').execSync(...args),
    };`,
  },
  // Its binaries are dependencies of its own, and of its version: they are looked for from where it is, unless the one
  // beside it is right. To find it takes 1.5 ms.
  {
    file: '/libsql/index.js',
    from: 'return require(',
    to: `const isBeside = () => {
      try {
        return require(\`@libsql/\${target}/package.json\`).version === ${JSON.stringify(versionOf('libsql'))};
      } catch {
        return false;
      }
    };
    const requireThere = isBeside() ? require : require('node:module').createRequire(require.resolve('libsql'));
    return requireThere(`,
  },
  // For subcommands that are programs of their own: there are none.
  {
    file: '/commander/lib/command.js',
    from: "const childProcess = require('node:child_process');",
    to: '',
  },
  // A response of `fetch`, which is a library of 10 ms, to learn that node is node.
  { file: '/pg/lib/stream.js', from: 'if (isCloudflareRuntime())', to: 'if (false)' },
];

/** The files that many commands load, each with all that it imports. The rest is split by who imports it. */
const CHUNKS = [
  [
    'program',
    ['failure', 'terminal', 'interruption', 'clock', 'wording/t', 'wording/language', 'render/wrapped'],
  ],
  ['flag', ['status-report', 'runtime', 'config', 'flag/sync', 'ledger/open-ledger', 'render/status']],
  ['stores', ['ledger/sql-ledger', 'flag/flag-rows', 'flag/audit']],
  ['sqlite', ['flag/sqlite-store', 'ledger/sqlite-ledger']],
  ['postgres', ['flag/postgres-store', 'ledger/postgres-ledger']],
  ['redis', ['flag/redis-store']],
  ['change', ['change-command', 'change-options']],
  ['survey', ['rollout-changes/gated-activate']],
  ['table', ['render/gate-table', 'render/style']],
].map(([name, files], index, all) => ({
  name: name as string,
  test: (id: string) => (files as string[]).some((file) => id === resolve('src', `${file}.ts`)),
  // What two of them import is in the first.
  priority: all.length - index,
}));

function versionOf(name: string): string {
  return JSON.parse(readFileSync(resolve('node_modules', name, 'package.json'), 'utf8')).version;
}

export default defineConfig({
  entry: { 'atmr-ml': 'bin/atmr-ml.ts', 'onnxruntime-process': 'bin/onnxruntime-process.ts' },
  // Node loads a file of CommonJS at once, and starts 5 ms earlier where it needs no loader of ES modules.
  format: 'cjs',
  outExtensions: () => ({ js: '.js' }),
  platform: 'node',
  target: 'node20',
  // Short names load 2 ms of `status` sooner; those of functions stay, and the lines, for whoever reports a bug.
  minify: { compress: false, mangle: { keepNames: true }, codegen: { removeWhitespace: false } },
  dts: false,
  clean: true,
  report: false,
  deps: { alwaysBundle: BUNDLED_ALL_THE_SAME, neverBundle: NEVER_THERE, onlyBundle: false },
  // Its CommonJS was made by this bundler, whose names in it clash with those it gives now. It is there as ES modules too.
  alias: { '@opentelemetry/api': resolve('node_modules/@opentelemetry/api/dist/index.mjs') },
  outputOptions: {
    comments: { jsdoc: false },
    codeSplitting: { groups: CHUNKS },
  },
  plugins: [
    thirdPartyLicences('THIRD-PARTY-LICENSES.txt'),
    {
      name: 'loads-packages-sooner',
      transform(code, id) {
        let sooner = code;
        for (const { from, to } of SOONER.filter(({ file }) => id.endsWith(file))) {
          if (!sooner.includes(from)) throw new Error(`${id} has no more \`${from}\``);
          sooner = sooner.replace(from, () => to);
        }
        return sooner === code ? null : sooner;
      },
    },
    {
      name: 'opens-no-file-for-nothing',
      // A file asks for the bundler's own functions also where it uses none.
      renderChunk(code) {
        const [line, name] = /^const (\w+) = require\('\.\/rolldown-runtime-[^']+'\);\n/m.exec(code) ?? [];
        return line === undefined || code.includes(`${name}.`) ? null : code.replace(line, '');
      },
    },
    {
      name: 'refuses-clashing-names',
      renderChunk(code, { fileName }) {
        const [clash] = /^\s*const ([\w$]+) = \1\(\);$/m.exec(code) ?? [];
        if (clash !== undefined) throw new Error(`${fileName} calls what it declares: ${clash.trim()}`);
        return null;
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
