import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: { 'atmr-ml': 'bin/atmr-ml.ts', 'onnxruntime-process': 'bin/onnxruntime-process.ts' },
  format: 'esm',
  platform: 'node',
  target: 'node20',
  fixedExtension: false,
  dts: false,
  clean: true,
  report: false,
});
