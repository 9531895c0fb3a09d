import { EXIT, EXIT_CODES } from '../errors.js';
import type { RolloutGate } from '../rollout/gates.js';
import type { Change, Warning } from './change.js';
import { type Confirmation, type ConfirmationSettings, confirm } from './confirmation.js';
import type { Holders } from './holders.js';
import { type InitialState, type InitialWrite, writeInitialState } from './initial.js';
import { allOf, judged, readReports } from './instances.js';
import type { WriteRequest } from './plan.js';

/** One way to change the flag: `activate`, `disable` … */
export type Writer = (holders: Holders, request: WriteRequest) => Promise<Change>;

/** A change that is ready to be asked about. */
export interface PreparedChange {
  readonly write: Writer;
  /** What a person should know before saying yes. */
  readonly warnings: readonly Warning[];
  /** The gates that were looked at; absent where none were. */
  readonly gates?: readonly RolloutGate[];
  /** Why it is not done, with the exit code of that verdict; absent where it may be. */
  readonly refusal?: Refusal;
  /** What has to follow once it is recorded and the readers were heard; its warnings are told with the others. */
  afterwards?(outcome: Outcome): Promise<readonly Warning[]>;
  /** The exit code when all went well, where that is not 0. */
  readonly exitWhenDone?: number;
}

/** A verdict that keeps a change from being made: no error, and no fault of the call. */
export interface Refusal {
  readonly exitCode: number;
  /** Worst first. */
  readonly reasons: readonly string[];
}

/** A change with what the readers said to it. Text, JSON and HTTP show the same value. */
export interface Outcome {
  readonly change: Change;
  readonly confirmation: Confirmation;
  readonly dryRun: boolean;
}

/**
 * Writes the initial state where there is no flag yet (`null`: none to write), then the change, then waits for
 * the readers. Rejects as the writers do.
 */
export async function carryOut(
  holders: Holders,
  write: Writer,
  request: WriteRequest,
  initial: InitialState | null,
  settings: ConfirmationSettings,
): Promise<Outcome> {
  const { dryRun } = request;
  if (dryRun) {
    const confirmation = await lookAround(holders, settings.staleAfterMs);
    return { change: await write(holders, request), confirmation, dryRun };
  }
  const written = initial && (await writeInitialState(holders, initial, request.authorship));
  const sentMs = holders.clock.monotonicMs();
  const change = await write(holders, written === null ? request : after(written, request));
  const confirmation = await confirm(holders, change, settings, sentMs);
  // For the day on which no store answers; a disk that is full today is no reason to fail.
  await holders.disk.peers.remember(confirmation.instances).catch(() => {});
  const warnings = [...(written === null ? [] : [written.warning]), ...change.warnings];
  return { change: { ...change, warnings }, confirmation, dryRun };
}

/** Who asked for an unwritten flag asked before we wrote the initial state ourselves: that is no conflict. */
function after({ revision }: InitialWrite, request: WriteRequest): WriteRequest {
  return request.ifRevision === 0 ? { ...request, ifRevision: revision } : request;
}

/** The exit code that an outcome deserves: 0, or 6 when it is recorded and somebody has not confirmed. */
export function exitCodeOf(
  { change, confirmation, dryRun }: Outcome,
  { waitMs, expectInstances }: Pick<ConfirmationSettings, 'waitMs' | 'expectInstances'>,
): number {
  if (dryRun) return EXIT.done;
  if (confirmation.verdict === 'regressed') return EXIT_CODES.STORE_REGRESSED;
  if (change.incomplete !== null) return EXIT_CODES.UNCONFIRMED;
  // Who neither waits nor expects anybody is not told that nobody answered.
  const minded = waitMs > 0 || expectInstances > 0;
  return minded && confirmation.verdict === 'unconfirmed' ? EXIT_CODES.UNCONFIRMED : EXIT.done;
}

/** Who is there, without waiting. */
async function lookAround(holders: Holders, staleAfterMs: number): Promise<Confirmation> {
  const instances = judged(allOf(await readReports(holders)), null, staleAfterMs);
  return {
    verdict: 'confirmed',
    instances,
    counted: 0,
    confirmedBy: 0,
    confirmedAfterMs: null,
    warnings: [],
  };
}
