import type { Job, Queue, Worker } from 'bullmq';
import { withDeadline } from '../deadline.js';
import { AtmrError, type ErrorCode, messageOf } from '../errors.js';
import { openWaitingClient } from '../flag/redis-connection.js';
import type { PlannedPart, ReplayDescription } from './description.js';

/** What whoever takes a part is told. */
export interface PartOrder extends PlannedPart {
  readonly run: string;
  readonly description: ReplayDescription;
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
  | { readonly kind: 'waiting' | 'underway' }
  | { readonly kind: 'done'; readonly result: PartResult }
  | { readonly kind: 'failed'; readonly failure: Error };

/** The parts of all replays that are spread, in Redis; each is taken by one process at a time, and comes back from one that is lost. */
export interface PartsQueue {
  /** Adds the parts of a run; those that are there already stay as they are, but for failed ones, which wait again. */
  add(orders: readonly PartOrder[]): Promise<void>;
  state(run: string, part: number): Promise<PartState>;
  /** Forgets the first `parts` parts of a run. */
  remove(run: string, parts: number): Promise<void>;
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
const LOST_AFTER_MS = 10_000;
const LOOK_FOR_LOST_MS = 5000;
/** So often may a part be lost before it is the part's own fault. */
const MOST_LOSSES = 10;
const TRIES = 5;
const TRY_AGAIN_MS = 1000;
const ELSEWHERE_AFTER_MS = 1000;
const CONNECT_LIMIT_MS = 5000;
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
  const bullmq = await import('bullmq');
  const told = tellOnce(tell, where);
  const connection = await openWaitingClient(url, told);
  const options = { connection, prefix: PREFIX };
  const queue: Queue<PartOrder, PartResult> = new bullmq.Queue(NAME, options);
  queue.on('error', told);
  const workers: Worker<PartOrder, PartResult>[] = [];
  const close = async () => {
    await Promise.all(workers.map((worker) => worker.close(true)));
    await queue.close();
    connection.disconnect();
  };
  try {
    await withDeadline(queue.waitUntilReady(), CONNECT_LIMIT_MS, where);
  } catch (cause) {
    await close();
    throw cause instanceof AtmrError ? cause : unavailable(where, cause);
  }
  return {
    async add(orders) {
      await queue.addBulk(
        orders.map((order, part) => ({ name: 'part', data: order, opts: jobOptions(order.run, part) })),
      );
      for (const [part, { run }] of orders.entries()) {
        const job = await queue.getJob(jobId(run, part));
        if ((await job?.getState()) === 'failed') await job?.retry();
      }
    },
    state: async (run, part) => stateOf(await queue.getJob(jobId(run, part))),
    async remove(run, parts) {
      for (let part = 0; part < parts; part += 1) await queue.remove(jobId(run, part));
    },
    async take(work) {
      const process = async (job: Job<PartOrder, PartResult>, token?: string): Promise<PartResult> => {
        const outcome = await work(job.data).catch((thrown: unknown) => {
          throw failureOf(thrown, bullmq.UnrecoverableError);
        });
        if (outcome !== 'elsewhere') return outcome;
        await job.moveToDelayed(job.timestamp + ELSEWHERE_AFTER_MS * (1 + job.attemptsStarted), token);
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

function jobId(run: string, part: number): string {
  return `${run}-${part}`;
}

function jobOptions(run: string, part: number) {
  return {
    jobId: jobId(run, part),
    attempts: TRIES,
    backoff: { type: 'exponential', delay: TRY_AGAIN_MS },
    removeOnComplete: { age: KEPT_SECONDS },
    removeOnFail: { age: KEPT_SECONDS },
  };
}

async function stateOf(job: Job<PartOrder, PartResult> | undefined): Promise<PartState> {
  const state = await job?.getState();
  if (job === undefined || state === undefined) return { kind: 'waiting' };
  if (state === 'completed') return { kind: 'done', result: job.returnvalue };
  if (state === 'failed') return { kind: 'failed', failure: readFailure(job.failedReason) };
  return { kind: state === 'active' ? 'underway' : 'waiting' };
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
  return new AtmrError('UNAVAILABLE', `${where} did not answer: ${messageOf(cause)}.`);
}

/** A server that is away is told of once and not at each attempt. */
function tellOnce(tell: (text: string) => void, where: string): (error: Error) => void {
  let told = false;
  return () => {
    if (!told) tell(`notice: ${where} is away; waiting for it.`);
    told = true;
  };
}
