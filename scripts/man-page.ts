import { writeFileSync } from 'node:fs';
import { describeProgram } from '../bin/describe.js';
import packageJson from '../package.json' with { type: 'json' };
import { shapeOf } from '../src/completion/program-shape.js';
import { manPage } from '../src/manual/man-page.js';
import { processTerminal } from '../src/terminal.js';

/** Writes the manual page that goes into the package, from the definitions of the commands. */
const terminal = processTerminal({ colour: false });
const program = await describeProgram(['help'], { terminal, setExitCode: () => {} });
writeFileSync('dist/atmr-ml.1', manPage(shapeOf(program), packageJson.version));
