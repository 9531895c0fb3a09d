import type { CommandFamily, CommandModule } from '../src/command.js';
import { t } from '../src/wording/t.js';

/** Every subcommand; its module is imported only when it is the one that runs. */
export const COMMANDS = {
  activate: {
    summary: () => t`let the model answer a share of the bookings (10 % unless told otherwise)`,
    load: () => import('../commands/activate.js'),
  },
  alerts: {
    summary: () => t`who is told of what the guard finds: test the channels, list, acknowledge`,
    load: () => import('../commands/alerts.js'),
  },
  disable: {
    summary: () => t`force the model off, everywhere, now`,
    load: () => import('../commands/disable.js'),
  },
  status: {
    summary: () => t`who answers, since when, who changed it, and which processes know`,
    load: () => import('../commands/status.js'),
  },
  history: {
    summary: () => t`every change of the flag; verify the chain, find a change`,
    load: () => import('../commands/history.js'),
  },
  watch: {
    summary: () => t`print each change of the flag and of its readers as it happens`,
    load: () => import('../commands/watch.js'),
  },
  config: {
    summary: () => t`the effective settings and where each came from`,
    load: () => import('../commands/config.js'),
  },
  checklist: {
    summary: () => t`the guide's lists: what the tool can check it checks, the rest people answer`,
    load: () => import('../commands/checklist.js'),
  },
  doctor: {
    summary: () =>
      t`is everything ready? stores, model, weather, alerts, ports; what is wrong and what to do`,
    load: () => import('../commands/doctor.js'),
  },
  guard: {
    summary: () =>
      t`look at everything once, or again and again, and take traffic back where a breach is proven`,
    load: () => import('../commands/guard.js'),
  },
  migrate: {
    summary: () => t`bring the schema atmr_ml in Postgres up to date`,
    load: () => import('../commands/migrate.js'),
  },
  'ab-test': {
    summary: () => t`replay bookings through the model and the heuristic, and say which is better`,
    load: () => import('../commands/ab-test.js'),
  },
  'analyze-errors': {
    summary: () => t`where the predictions are off, and the likely causes with what to do next`,
    load: () => import('../commands/analyze-errors.js'),
  },
  model: {
    summary: () => t`the models there are: list, use, roll back, describe one that other tools made`,
    load: () => import('../commands/model.js'),
  },
  outcomes: {
    summary: () => t`what really happened: settle predictions from the database or a file`,
    load: () => import('../commands/outcomes.js'),
  },
  predict: {
    summary: () => t`how late will this ride be? one booking from flags, or those of a file or the database`,
    load: () => import('../commands/predict.js'),
  },
  report: {
    summary: () => t`what happened in a week or a month, what is proven, who decided what, and what is next`,
    load: () => import('../commands/report.js'),
  },
  roi: {
    summary: () => t`what the model returns, measured where it can be and marked where it is assumed`,
    load: () => import('../commands/roi.js'),
  },
  rollout: {
    summary: () =>
      t`give the model more traffic step by step, on evidence: start, status, advance, hold, roll back`,
    load: () => import('../commands/rollout.js'),
  },
  serve: {
    summary: () => t`answer bookings and show how the model does, over HTTP`,
    load: () => import('../commands/serve.js'),
  },
  simulate: {
    summary: () =>
      t`make up bookings for demos, tests and back-tests, whose best attainable scores are known`,
    load: () => import('../commands/simulate.js'),
  },
  train: {
    summary: () => t`learn a delay model from settled bookings, with honest scores and calibrated intervals`,
    load: () => import('../commands/train.js'),
  },
  'weather-check': {
    summary: () => t`is the weather live, what does it do to predictions, and what happens without it?`,
    load: () => import('../commands/weather-check.js'),
  },
} satisfies Record<string, { summary: () => string; load: () => Promise<CommandModule | CommandFamily> }>;

export type CommandName = keyof typeof COMMANDS;
export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[];

/** Whether it is the name of one. */
export function isCommand(name: string | undefined): name is CommandName {
  return name !== undefined && Object.hasOwn(COMMANDS, name);
}
