import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'tsdown';
import { describeProgram } from '../bin/describe.js';
import packageJson from '../package.json' with { type: 'json' };
import { shapeOf } from '../src/completion/program-shape.js';
import { manPage } from '../src/manual/man-page.js';
import { processTerminal } from '../src/terminal.js';

// Builds the program, the page beside it, what other programs import, and the manual page; `npm run build [folder]`.

/** Each with the folder within the build that it goes to. */
const CONFIGS: Readonly<Record<string, string>> = {
  'tsdown.config.ts': '',
  'tsdown.dashboard.config.ts': '',
  'tsdown.library.config.ts': 'lib',
};
const [folder = 'dist'] = process.argv.slice(2);

for (const [config, part] of Object.entries(CONFIGS)) {
  await build({ config, outDir: join(folder, part), logLevel: 'error' });
}

// From the definitions of the commands.
const terminal = processTerminal({ colour: false });
const program = await describeProgram(['help'], { terminal, setExitCode: () => {} });
writeFileSync(join(folder, 'atmr-ml.1'), manPage(shapeOf(program), packageJson.version));
