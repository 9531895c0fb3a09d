import { defineConfig } from 'tsdown';

/** What other programs import: ES modules with their types. Packages stay packages, which the importing program may share. */
export default defineConfig({
  entry: { library: 'src/library/library.ts', openfeature: 'src/library/openfeature.ts' },
  outDir: 'dist/lib',
  format: 'esm',
  // The folder above says that its files are CommonJS.
  outExtensions: () => ({ js: '.mjs', dts: '.d.mts' }),
  platform: 'node',
  target: 'node20',
  dts: true,
  // The program is built before, and cleans its folder with this one in it.
  clean: false,
  report: false,
  deps: { neverBundle: [/^[^./]/], onlyBundle: false },
});
