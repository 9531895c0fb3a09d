import { defineConfig } from 'tsdown';
import { thirdPartyLicences } from './scripts/package/third-party-licences.js';

/** The page in one file beside the program: it asks nobody else for anything. */
export default defineConfig({
  entry: { dashboard: 'src/dashboard/main.tsx' },
  tsconfig: 'src/dashboard/tsconfig.json',
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  dts: false,
  // The program is there already.
  clean: false,
  report: false,
  deps: { alwaysBundle: [/.*/], onlyBundle: false },
  plugins: [thirdPartyLicences('THIRD-PARTY-LICENSES.dashboard.txt')],
  copy: ['src/dashboard/dashboard.css', 'node_modules/uplot/dist/uPlot.min.css'],
});
