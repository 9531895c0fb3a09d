import type { CommandModule } from '../src/command.js';
import { EXIT } from '../src/errors.js';
import { t } from '../src/wording/t.js';

export const configure: CommandModule['configure'] = (command) => {
  command.addHelpText('after', HELP);
};

const HELP = t`
It asks the weather service once, writes to no store anything that lasts, and sends no alert.

Exit code: 0 nothing is broken, 3 something is. What is only warned of (!) or not known (?) breaks nothing.

Examples:
  atmr-ml doctor
  atmr-ml doctor --json | jq '.checks[] | select(.result == "fail")'`;

export const run: CommandModule['run'] = async (command, { terminal, clock }) => {
  const { json, config: path, flag } = command.opts<{ json?: boolean; config?: string; flag?: string }>();
  const { readContext } = await import('../src/doctor/context.js');
  const { diagnose } = await import('../src/doctor/doctor.js');
  const diagnosis = await diagnose(await readContext(path, flag, clock));
  if (terminal.interactive && json !== true) {
    const { doctorText } = await import('../src/render/doctor.js');
    const { terminalStyle } = await import('../src/render/style.js');
    terminal.show(doctorText(diagnosis, await terminalStyle(terminal.colour, terminal.columns)));
  } else {
    terminal.result(JSON.stringify(diagnosis, null, 2));
  }
  return diagnosis.healthy ? EXIT.done : EXIT.no;
};
