/** What `import 'atmr-ml'` gives, and all that it promises: a package has one door. */

export { AtmrError, type ErrorCode } from '../errors.js';
export type { ModelReference } from '../flag/flag.js';

export type { SettledReport } from '../outcomes/settle-reported.js';
export type { BookingInput, PredictOptions } from './booking-input.js';
export { createPredictor } from './create-predictor.js';
export type { FlagErrorCode, FlagEvaluation } from './evaluation.js';
export type { AtmrFlag, FlagState, ReadFlag } from './flag.js';
export { openFlag } from './open-flag.js';
export type { FlagOptions, StoreOptions } from './options.js';
export type { Prediction } from './prediction.js';
export type { OutcomeInput, Predictor, PredictorOptions } from './predictor.js';
