import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { COMMAND_NAMES } from '../../bin/commands.js';
import { describeProgram } from '../../bin/describe.js';
import { commandsIn, shapeOf } from '../../src/completion/program-shape.js';
import { manPage } from '../../src/manual/man-page.js';
import { processTerminal } from '../../src/terminal.js';

const runner = { terminal: processTerminal({ colour: false }), setExitCode: () => {} };
const program = shapeOf(await describeProgram(['help'], runner));

describe('the manual page', () => {
  const groff = spawnSync('groff', ['-k', '-man', '-ww', '-Tutf8', '-P-cbou', '-rLL=78n'], {
    input: manPage(program, '1.2.3-test'),
    encoding: 'utf8',
  });

  it('is set without a warning', () => {
    expect(groff.stderr).toBe('');
    expect(groff.status).toBe(0);
  });

  it('names the program, its version, every command and every exit code', () => {
    expect(groff.stdout).toMatch(/^NAME\n +atmr-ml +- roll out/m);
    expect(groff.stdout).toContain('atmr-ml 1.2.3-test');
    for (const name of COMMAND_NAMES) expect(groff.stdout).toMatch(new RegExp(`^   ${name}( |$)`, 'm'));
    expect(groff.stdout).toMatch(/^ +7 +not enough data/m);
  });
});

describe('every command', () => {
  it.each(
    commandsIn(program)
      .slice(1)
      .filter(({ subcommands }) => subcommands.length === 0),
  )('$path says what it does, what each option does, and shows examples', ({ summary, options, notes }) => {
    expect(summary).toMatch(/\w{3}/);
    for (const option of options) expect(option.summary, option.long).toMatch(/\w{2}/);
    expect(notes).toMatch(/Examples?:\n {2}(\S+=\S+ )*(source <\()?[\w $*-]*atmr-ml /);
  });
});
