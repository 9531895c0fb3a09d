import { randomUUID } from 'node:crypto';
import type { Booking } from '../booking/booking.js';
import { AtmrError } from '../errors.js';
import type { Explanation } from '../model/explain.js';
import type { ModelAnswer } from '../model/prediction.js';
import { lackingText } from '../model/question.js';
import { t } from '../wording/t.js';
import { askModel, type Verdict } from './ask-model.js';
import type { Work } from './background.js';
import { type Considered, consider } from './consider.js';
import { answered, type Desk, hand, leftMs, type Request, record } from './hand-answer.js';
import type { Given } from './requests.js';
import { type Answered, INELIGIBLE, NOT_ASKED } from './row.js';
import { within } from './within.js';

type Asked = NonNullable<Considered['asked']>;

/**
 * Answers a booking, `startedMs` being when it was asked on the monotonic clock. Resolves when the answer may be
 * given: at the deadline at the latest and, where the caller named the request, not before its row is durable unless
 * that takes longer. Rejects with UNAVAILABLE when the model failed and the flag forbids falling back.
 */
export async function giveAnswer(
  booking: Booking,
  requestId: string | null,
  startedMs: number,
  desk: Desk,
): Promise<Given> {
  const untilMs = startedMs + desk.deadlineMs;
  const considered = await consider(booking, leftMs({ untilMs }, desk), desk);
  const request = {
    ...{ considered, startedMs, untilMs },
    requestId: requestId ?? randomUUID(),
    isNamed: requestId !== null,
  };
  const { variant, asked } = considered;
  if (variant === 'control' || asked === null) return await answerByControl(request, desk);
  if (asked.question.lacking.length > 0) {
    const failure = { reason: 'INELIGIBLE', detail: lackingText(asked.question) } as const;
    return await hand(answered(request, 'heuristic', { failure }, desk), INELIGIBLE, request, desk);
  }
  return await answerByModel(request, asked, desk);
}

/** The heuristic's answer is complete before the model is asked, which is for the record only. */
async function answerByControl(request: Request, desk: Desk): Promise<Given> {
  const { asked } = request.considered;
  const answer = answered(request, 'heuristic', {}, desk);
  if (asked === null || !desk.shadow) return await hand(answer, NOT_ASKED, request, desk);
  if (asked.question.lacking.length > 0) return await hand(answer, INELIGIBLE, request, desk);
  // A forest takes some microseconds and cannot hang, so the row is whole when it must be durable. Another runtime
  // is not waited for: its row follows, and until then only this process knows the answer.
  if (request.isNamed && asked.prepared.model.forest !== null) {
    return await hand(answer, await shadowOf(request, asked, desk).ended, request, desk);
  }
  let ended = () => {};
  const recorded = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const begin = (): Work => {
    const shadow = shadowOf(request, asked, desk);
    return {
      ended: shadow.ended.then((verdict) => record(answer, verdict, desk)).then(ended),
      giveUp: shadow.giveUp,
    };
  };
  if (!desk.background.start(begin)) return await hand(answer, NOT_ASKED, request, desk);
  return { prediction: answer.prediction, recorded };
}

/** The shadow has the time that an answer of the model would have had. */
function shadowOf({ considered }: Request, asked: Asked, desk: Desk) {
  const shadow = askModel(asked, desk.deadlineMs - considered.preparationMs, desk.clock);
  void shadow.ended.then((verdict) => desk.noteModel(asked.prepared.model.manifest, verdict));
  return shadow;
}

async function answerByModel(request: Request, asked: Asked, desk: Desk): Promise<Given> {
  const attempt = askModel(asked, leftMs(request, desk), desk.clock);
  const verdict = await attempt.verdict;
  desk.noteModel(asked.prepared.model.manifest, verdict);
  if (verdict.attempt === 'answered') {
    const model = await described(asked, verdict.minutes, leftMs(request, desk));
    return await hand(answered(request, 'model', { model }, desk), verdict, request, desk);
  }
  const failure = { reason: 'ERROR', detail: verdict.detail } as const;
  const isRefused = !request.considered.fallbackOnError;
  // The caller may ask again under the same name; the row of a refusal must not take it.
  const named = isRefused ? { ...request, isNamed: false, requestId: randomUUID() } : request;
  const answer = answered(named, 'fallback', { failure }, desk);
  const given = await handFailure(answer, verdict, attempt, named, desk);
  if (isRefused) throw refusal(verdict);
  return given;
}

/** How late a model is shows when it ends, which the answer does not wait for. */
async function handFailure(
  answer: Answered,
  verdict: Verdict,
  { ended, giveUp }: ReturnType<typeof askModel>,
  request: Request,
  desk: Desk,
): Promise<Given> {
  if (verdict.attempt !== 'late' || verdict.tookMs !== null || desk.background.isFull) {
    return await hand(answer, verdict, request, desk);
  }
  // Late it stays, by whatever clock: the fallback was given.
  const recorded = ended.then(({ tookMs }) => record(answer, { ...verdict, tookMs }, desk));
  desk.background.follow({ ended: recorded, giveUp });
  return { prediction: answer.prediction, recorded };
}

/** An answer that is not explained in time is one without an explanation. */
async function described(
  { prepared, question }: Asked,
  minutes: number,
  leftMs: number,
): Promise<ModelAnswer> {
  const explain = async (): Promise<Explanation> => await prepared.explain(question.row, minutes);
  const explanation = await within(explain(), leftMs);
  return { minutes, ...prepared.certainty(question.row, minutes), explanation };
}

function refusal({ attempt }: Verdict): AtmrError {
  const fact = attempt === 'late' ? t`The model did not answer before the deadline` : t`The model failed`;
  const remedy = t`and the flag forbids falling back on the heuristic. Ask again later, or allow it`;
  return new AtmrError('UNAVAILABLE', t`${fact}, ${remedy} (FALLBACK_ON_ERROR).`);
}
