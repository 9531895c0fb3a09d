import type { Job, Queue, Worker } from 'bullmq';
import { withDeadline } from '../deadline.js';
import { AtmrError, type ErrorCode, messageOf } from '../errors.js';
import { openWaitingClient, redisAt } from '../flag/redis-connection.js';
import type { Language } from '../wording/language.js';
import { t } from '../wording/t.js';
import type { PlannedPart, ReplayDescription } from './description.js';

/** A run by one plan: results of another plan of the same run are of other bookings. */
export interface PlannedRun {
  readonly run: string;
  /** Of the parts. */
  readonly plan: string;
}

/** What whoever takes a part is told. */
export interface PartOrder extends PlannedPart, PlannedRun {
  readonly description: ReplayDescription;
  /** In which whoever waits wants to be told why a part failed. */
  readonly language: Language;
}

/** What came of a part. */
export interface PartResult {
  /** The sums, packed. */
  readonly replay: string;
  /** Host and process that scored it. */
  readonly by: string;
}

/** How far a part is. A part that failed says why. */
export type PartState =
  | { readonly kind: 'waiting' | 'underway' | 'missing'; readonly losses: number }
  | { readonly kind: 'done'; readonly losses: number; readonly result: PartResult }
  | { readonly kind: 'failed'; readonly failure: Error };

/** The parts of all replays that are spread, in Redis; each is taken by one process at a time, and comes back from one that is lost. */
export interface PartsQueue {
  /** The plan of a run that was begun within a day, else `plan`, which is that of the run from now on. */
  planOf(run: string, plan: () => Promise<readonly PlannedPart[]>): Promise<readonly PlannedPart[]>;
  /** Whether somebody began a run within a day and nobody ended it. */
  isGoingOn(run: string): Promise<boolean>;
  /** Has the plan of a run last another day. */
  keep(run: string): Promise<void>;
  /** Adds the parts of a run; those that are there already stay as they are, but for failed ones, which wait again. */
  add(orders: readonly PartOrder[]): Promise<void>;
  state(planned: PlannedRun, part: number): Promise<PartState>;
  /** Forgets a run and its first `parts` parts. */
  remove(planned: PlannedRun, parts: number): Promise<void>;
  /** Takes parts one by one until it is stopped. */
  take(work: (order: PartOrder) => Promise<PartOutcome>): Promise<{ stop(): Promise<void> }>;
  close(): Promise<void>;
}

/** `elsewhere`: this process cannot score the part, but another might. */
export type PartOutcome = PartResult | 'elsewhere';

/** One slot of a cluster. */
const PREFIX = '{atmr-ml:replay}';
const NAME = 'parts';
/** A process that says nothing for so long is lost, and its part goes to another. A slow one that lives keeps it. */
const LOST_AFTER_MS = 6000;
const LOOK_FOR_LOST_MS = 3000;
/** So often may a part be lost before it is the part's own fault. */
const MOST_LOSSES = 10;
const TRIES = 5;
const TRY_AGAIN_MS = 1000;
const ELSEWHERE_AFTER_MS = 1000;
const CONNECT_LIMIT_MS = 5000;
/** What is asked of a Redis that has gone away waits no longer. */
const ANSWER_LIMIT_MS = 10_000;
const GOODBYE_LIMIT_MS = 2000;
/** What nobody fetched, or nobody went on with. */
const KEPT_SECONDS = 86_400;
/** Of an error that nobody foresaw. */
const NO_CODE = 'UNFORESEEN';

/** Opens the queue in the Redis at `url`. Rejects with UNAVAILABLE when that does not answer. `tell`: what went wrong on the way. */
export async function openPartsQueue(
  url: string,
  where: string,
  tell: (text: string) => void,
): Promise<PartsQueue> {
  await requireAnswer(url);
  const bullmq = await import('bullmq');
  const told = tellOnce(tell, where);
  const connection = await openWaitingClient(url, told);
  const options = { connection, prefix: PREFIX };
  const queue: Queue<PartOrder, PartResult> = new bullmq.Queue(NAME, options);
  queue.on('error', told);
  const workers: Worker<PartOrder, PartResult>[] = [];
  const close = async () => {
    const closed = Promise.all([...workers.map((worker) => worker.close(true)), queue.close()]);
    // A server that is away hears no good-bye.
    await withDeadline(closed, GOODBYE_LIMIT_MS, where).catch(() => {});
    connection.disconnect();
  };
  const answered = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await withDeadline(work, ANSWER_LIMIT_MS, where);
    } catch (cause) {
      throw cause instanceof AtmrError ? goesOn(cause) : unavailable(where, cause);
    }
  };
  try {
    await withDeadline(queue.waitUntilReady(), CONNECT_LIMIT_MS, where);
  } catch (cause) {
    await close();
    throw cause instanceof AtmrError ? cause : unavailable(where, cause);
  }
  const planned = async (run: string): Promise<string | null> => {
    await connection.expire(planKey(run), KEPT_SECONDS);
    return await connection.get(planKey(run));
  };
  return {
    async planOf(run, plan) {
      const known = await answered(planned(run));
      if (known !== null) return JSON.parse(known) as PlannedPart[];
      const parts = await plan();
      await answered(connection.set(planKey(run), JSON.stringify(parts), 'EX', KEPT_SECONDS, 'NX'));
      // Somebody may have planned the same meanwhile.
      return JSON.parse((await answered(planned(run))) ?? '[]') as PlannedPart[];
    },
    isGoingOn: async (run) => (await answered(connection.exists(planKey(run)))) === 1,
    keep: async (run) => void (await answered(connection.expire(planKey(run), KEPT_SECONDS))),
    async add(orders) {
      const jobs = orders.map((order, part) => ({
        name: 'part',
        data: order,
        opts: jobOptions(order, part),
      }));
      await answered(queue.addBulk(jobs));
      for (const [part, order] of orders.entries()) {
        const job = await answered(queue.getJob(jobId(order, part)));
        if (job?.failedReason !== undefined && (await answered(job.getState())) === 'failed') {
          await answered(job.retry('failed', { resetAttemptsMade: true }));
        }
      }
    },
    state: (planned, part) => answered(stateOf(queue, jobId(planned, part))),
    async remove(planned, parts) {
      await answered(connection.del(planKey(planned.run)));
      for (let part = 0; part < parts; part += 1) await answered(queue.remove(jobId(planned, part)));
    },
    async take(work) {
      const process = async (job: Job<PartOrder, PartResult>, token?: string): Promise<PartResult> => {
        if ((await planned(job.data.run)) === null) throw new bullmq.UnrecoverableError(ABANDONED);
        const outcome = await work(job.data).catch((thrown: unknown) => {
          throw failureOf(thrown, bullmq.UnrecoverableError);
        });
        if (outcome !== 'elsewhere') return outcome;
        await job.moveToDelayed((job.processedOn ?? job.timestamp) + ELSEWHERE_AFTER_MS, token);
        throw new bullmq.DelayedError();
      };
      const worker: Worker<PartOrder, PartResult> = new bullmq.Worker(NAME, process, {
        ...options,
        lockDuration: LOST_AFTER_MS,
        stalledInterval: LOOK_FOR_LOST_MS,
        maxStalledCount: MOST_LOSSES,
      });
      worker.on('error', told);
      workers.push(worker);
      return { stop: () => worker.close() };
    },
    close,
  };
}

/** Nobody went on with its run for a day, or somebody ended it. */
const ABANDONED = 'CANCELLED the run was ended';

function planKey(run: string): string {
  return `${PREFIX}:plan:${run}`;
}

function jobId({ run, plan }: PlannedRun, part: number): string {
  return `${run}-${plan}-${part}`;
}

function jobOptions(order: PartOrder, part: number) {
  return {
    jobId: jobId(order, part),
    attempts: TRIES,
    backoff: { type: 'exponential', delay: TRY_AGAIN_MS },
    removeOnComplete: { age: KEPT_SECONDS },
    removeOnFail: { age: KEPT_SECONDS },
  };
}

/** The state first: a job that was read before it was completed has no result yet. */
async function stateOf(queue: Queue<PartOrder, PartResult>, id: string): Promise<PartState> {
  const state = await queue.getJobState(id);
  const job = await queue.getJob(id);
  if (job === undefined || state === 'unknown') return { kind: 'missing', losses: 0 };
  if (state === 'completed') return { kind: 'done', losses: job.stalledCounter, result: job.returnvalue };
  if (state === 'failed') return { kind: 'failed', failure: readFailure(job.failedReason) };
  return { kind: state === 'active' ? 'underway' : 'waiting', losses: job.stalledCounter };
}

/** What another try may mend is tried again; anything else ends the run. The code goes along in the text. */
function failureOf(thrown: unknown, Final: new (message: string) => Error): Error {
  const code = thrown instanceof AtmrError ? thrown.code : NO_CODE;
  const text = `${code} ${messageOf(thrown)}`;
  return code === 'UNAVAILABLE' ? new Error(text) : new Final(text);
}

function readFailure(text: string): Error {
  const [, code = 'UNAVAILABLE', message = text] = /^([A-Z_]+) (.*)$/s.exec(text) ?? [];
  return code === NO_CODE ? new Error(message) : new AtmrError(code as ErrorCode, message);
}

function unavailable(where: string, cause: unknown): AtmrError {
  return new AtmrError('UNAVAILABLE', t`${where} did not answer: ${messageOf(cause)}.`);
}

function goesOn({ code, message }: AtmrError): AtmrError {
  return new AtmrError(
    code,
    t`${message} Parts that are scored are kept for a day: the same command goes on.`,
  );
}

/** What is wrong with the address, the login or the database, before the library waits for it to become right. */
async function requireAnswer(url: string): Promise<void> {
  const redis = redisAt(url);
  try {
    await redis.command('PING', [], CONNECT_LIMIT_MS);
  } finally {
    await redis.close();
  }
}

/** Each thing that goes wrong is told once, and not at each attempt. */
function tellOnce(tell: (text: string) => void, where: string): (error: Error) => void {
  const told = new Set<string>();
  return (error) => {
    const text = messageOf(error);
    if (!told.has(text)) tell(t`notice: ${where}: ${text}; going on when it answers.`);
    told.add(text);
  };
}
