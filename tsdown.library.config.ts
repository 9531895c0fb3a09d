import { resolve } from 'node:path';
import { defineConfig } from 'tsdown';
import { thirdPartyLicences } from './scripts/package/third-party-licences.js';

/** What other programs import: ES modules with their types. As in the program, what `dependencies` does not name is bundled. */
export default defineConfig({
  entry: { library: 'src/library/library.ts', openfeature: 'src/library/openfeature.ts' },
  format: 'esm',
  // The folder above says that its files are CommonJS.
  outExtensions: () => ({ js: '.mjs', dts: '.d.mts' }),
  platform: 'node',
  target: 'node20',
  dts: true,
  // The program is built before, and cleans its folder with this one in it.
  clean: false,
  report: false,
  deps: { neverBundle: ['pg-native', '@valkey/valkey-glide', 'onnxruntime-node'], onlyBundle: false },
  alias: { '@opentelemetry/api': resolve('node_modules/@opentelemetry/api/dist/index.mjs') },
  plugins: [thirdPartyLicences('THIRD-PARTY-LICENSES.txt')],
});
