import type { Catalogue } from '../language.js';
import { ALERTS } from './alerts.js';
import { ANALYSIS } from './analysis.js';
import { BOOKING } from './booking.js';
import { COMMANDS } from './commands.js';
import { DOCTOR } from './doctor.js';
import { FLAG } from './flag.js';
import { HTTP } from './http.js';
import { MANUAL } from './manual.js';
import { MODEL } from './model.js';
import { PROGRAM } from './program.js';
import { RENDER_FLAG } from './render-flag.js';
import { RENDER_REPLAY } from './render-replay.js';
import { RENDER_REPORTS } from './render-reports.js';
import { RENDER_ROLLOUT } from './render-rollout.js';
import { REPLAY } from './replay.js';
import { ROLLOUT } from './rollout.js';
import { SHARED } from './shared.js';
import { SUPPORT } from './support.js';
import { VALUES } from './values.js';

/** All that `t` says, in French, by its English text. */
export const FRENCH: Catalogue = {
  ...SHARED,
  ...VALUES,
  ...PROGRAM,
  ...COMMANDS,
  ...BOOKING,
  ...MODEL,
  ...REPLAY,
  ...RENDER_FLAG,
  ...RENDER_REPLAY,
  ...RENDER_ROLLOUT,
  ...RENDER_REPORTS,
  ...ANALYSIS,
  ...DOCTOR,
  ...FLAG,
  ...ROLLOUT,
  ...HTTP,
  ...ALERTS,
  ...SUPPORT,
  ...MANUAL,
};
