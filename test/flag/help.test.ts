import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import * as activate from '../../commands/activate.js';
import * as disable from '../../commands/disable.js';
import * as history from '../../commands/history.js';
import { subcommands } from '../../commands/model.js';
import * as status from '../../commands/status.js';
import * as watch from '../../commands/watch.js';

const { use, rollback } = subcommands;

describe.each(Object.entries({ activate, disable, history, status, watch, use, rollback }))(
  '%s',
  (name, module) => {
    it('--help shows examples', () => {
      const command = new Command(name);
      module?.configure(command);
      let text = '';
      command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
      expect(text).toMatch(/Examples:\n {2}atmr-ml /);
    });
  },
);
