import type { Command } from 'commander';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import type { Terminal } from './terminal.js';

/** What a file in `commands/` exports. */
export interface CommandModule {
  /** Adds the arguments, options and examples. Runs for `--help` too, so it loads nothing heavy. */
  configure(command: Command): void;
  /** Does the work of a parsed command and returns the exit code of its verdict. */
  run(command: Command, surroundings: Surroundings): Promise<number>;
}

/** What a file in `commands/` exports whose command is a family: each has options of its own, by its name. */
export interface CommandFamily {
  /** What it does without the name of one; without this it lists them. */
  readonly alone?: CommandModule;
  /** What its own help ends in, examples above all, where `alone` does not say. */
  readonly help?: string;
  readonly subcommands: Readonly<Record<string, Subcommand>>;
}

export interface Subcommand extends CommandModule {
  readonly summary: string;
}

/** What a command is given of the world. */
export interface Surroundings {
  readonly terminal: Terminal;
  readonly clock: Clock;
  /** `urgent`: what must not wait goes on without the parts of a file that do not fit, with a warning. */
  readConfig(reading?: { readonly urgent: boolean }): Promise<Config>;
}
