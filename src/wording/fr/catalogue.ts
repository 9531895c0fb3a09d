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
import { RENDER } from './render.js';
import { RENDER_REPORTS } from './render-reports.js';
import { REPLAY } from './replay.js';
import { ROLLOUT } from './rollout.js';
import { SUPPORT } from './support.js';

/** All that `t` says, in French, by its English text. */
export const FRENCH: Catalogue = {
  ...PROGRAM,
  ...COMMANDS,
  ...BOOKING,
  ...MODEL,
  ...REPLAY,
  ...RENDER,
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
