import { messageOf } from '../errors.js';
import type { Recorder } from '../ledger/recorder.js';
import type { Log } from '../log.js';
import { type Answers, assemblePrediction, type PredictionSource } from '../model/prediction.js';
import type { Background } from './background.js';
import type { Considered, Surroundings } from './consider.js';
import type { modelFaultLog } from './model-fault-log.js';
import type { Given } from './requests.js';
import { type Answered, NO_MODEL, predictionRow, type Shadow } from './row.js';
import { within } from './within.js';

/** What every answer needs. */
export interface Desk extends Surroundings {
  readonly recorder: Recorder;
  readonly background: Background;
  readonly log: Log;
  readonly noteModel: ReturnType<typeof modelFaultLog>;
  readonly instance: string;
  readonly deadlineMs: number;
  readonly shadow: boolean;
}

/** One booking while it is answered. */
export interface Request {
  readonly considered: Considered;
  /** The caller's name for it, or one of ours. */
  readonly requestId: string;
  readonly isNamed: boolean;
  readonly startedMs: number;
  /** The deadline, on the monotonic clock. */
  readonly untilMs: number;
}

/** Puts an answer together: who gives it, and what the model said or why it did not. */
export function answered(
  request: Request,
  source: PredictionSource,
  said: Partial<Pick<Answers, 'model' | 'failure'>>,
  { clock, instance }: Desk,
): Answered {
  const { considered, requestId, isNamed } = request;
  const { booking, variant, asked, heuristicMinutes, weather } = considered;
  const manifest = asked?.prepared.model.manifest;
  const createdMs = clock.nowMs();
  const answers: Answers = {
    ...{ bookingId: booking.id, heuristicMinutes, weather, model: null, failure: null, ...said },
    outOfRange: asked?.question.outOfRange ?? [],
    simulated: booking.simulated || (manifest?.data.simulated ?? false),
    modelVersion: manifest?.version ?? NO_MODEL,
    latencyMs: clock.monotonicMs() - request.startedMs,
  };
  const reason = said.failure?.reason ?? considered.reason;
  const prediction = assemblePrediction(answers, { requestId, variant, source, reason }, createdMs);
  return { considered, prediction, requestId, createdMs, instance, isRepeatable: isNamed };
}

/** Records an answer whose row is whole; a named one is durable then, if that is possible before the deadline. */
export async function hand(answer: Answered, shadow: Shadow, request: Request, desk: Desk): Promise<Given> {
  const durable = record(answer, shadow, desk);
  if (request.isNamed) await within(durable, leftMs(request, desk));
  return { prediction: answer.prediction, recorded: null };
}

/** Does not reject: an answer stands, whatever becomes of its row. */
export async function record(answer: Answered, shadow: Shadow, { recorder, log }: Desk): Promise<void> {
  try {
    const row = predictionRow(answer, shadow);
    if (answer.isRepeatable) await recorder.addDurably(row);
    else recorder.add(row);
  } catch (thrown) {
    log.error('an answer was not recorded', { cause: messageOf(thrown) });
  }
}

/** What is left of the deadline. */
export function leftMs({ untilMs }: Pick<Request, 'untilMs'>, { clock }: Pick<Desk, 'clock'>): number {
  return untilMs - clock.monotonicMs();
}
