import type { CommandModule } from '../src/command.js';
import { EXIT } from '../src/errors.js';
import { settingLines } from '../src/render/settings.js';
import { t } from '../src/wording/t.js';

export const configure: CommandModule['configure'] = (command) => {
  command.addHelpText('after', EXAMPLES);
};

const EXAMPLES = t`
Examples:
  atmr-ml config
  atmr-ml config --config staging.yaml --json | jq .settings`;

export const run: CommandModule['run'] = async (command, { terminal, readConfig }) => {
  const { settings, warnings } = await readConfig();
  const asText = terminal.interactive && command.opts<{ json?: boolean }>().json !== true;
  for (const warning of warnings) terminal.notice(warning);
  terminal.show(asText ? settingLines(settings).join('\n') : JSON.stringify({ settings, warnings }, null, 2));
  return EXIT.done;
};
