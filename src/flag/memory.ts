import { messageOf } from '../errors.js';
import { t } from '../wording/t.js';
import { isForcedOff, type View } from './answer.js';
import type { ModelReference } from './flag.js';
import type { Holders } from './holders.js';
import { runsAnother } from './model-reference.js';
import { learn, type Observation } from './observation.js';
import type { ReaderSettings } from './reader.js';
import { lacks, type State, sameKnowledge } from './state.js';

/** What one reader knows: in memory for its answers, on disk for its reports and its next start. */
export interface Memory {
  readonly view: View;
  /** The model that this process runs; `null` for none. */
  readonly model: ModelReference | null;
  /** The process runs another model from now on. */
  runs(model: ModelReference | null): void;
  /** What a crash would leave: the only thing that is ever reported. */
  readonly onDisk: State;
  /** Takes in a store's answer: joins it, writes the disk, then swaps the view in one assignment. */
  observe(observation: Observation): Promise<Observed>;
  /** Notes that an attempt at a store ended without an answer. */
  missed(from: Observation['from'], sentMs: number): void;
}

export interface Observed {
  /** The reader knows more than before. */
  readonly grown: boolean;
  /** The store lacks something that the reader knows: somebody has to repair. */
  readonly storeLacks: boolean;
}

/** How long an attempt, whatever came of it, counts as recent: longer means that this process stood still. */
const ATTEMPT_FRESH_MS = 3000;

/** What a reader starts with: all that this machine knew, and what of it is in the reader's own file. */
export interface Beginning {
  readonly known: State;
  readonly onDisk: State;
}

/** The memory of a reader that starts with what is on disk. `staleAfterMs` counts from the start. */
export function openMemory(
  { clock, copy, disk }: Holders,
  { known, onDisk: beginning }: Beginning,
  { model: firstModel, staleAfterMs, onNotice }: Pick<ReaderSettings, 'model' | 'staleAfterMs' | 'onNotice'>,
): Memory {
  let onDisk = beginning;
  let model = firstModel;
  let contactMs = clock.monotonicMs();
  const attemptMs = { record: Number.NEGATIVE_INFINITY, copy: Number.NEGATIVE_INFINITY };
  let view = viewOf(known, false);
  let earlier: Promise<unknown> = Promise.resolve();

  function viewOf(state: State, regressed: boolean): View {
    const oldestAttemptMs = copy === null ? attemptMs.record : Math.min(attemptMs.record, attemptMs.copy);
    return {
      state,
      forcedOff: isForcedOff(state),
      regressed,
      modelMissing: runsAnother(model, state.flag?.model ?? null),
      attemptedUntilMs: oldestAttemptMs + ATTEMPT_FRESH_MS,
      contactUntilMs: contactMs + staleAfterMs,
    };
  }

  function attempted(from: Observation['from'], sentMs: number): void {
    if (from !== 'journal') attemptMs[from] = sentMs;
  }

  async function takeIn(observation: Observation): Promise<Observed> {
    const learned = learn(view.state, observation);
    const grown = !sameKnowledge(learned.state, view.state);
    if (!sameKnowledge(learned.state, onDisk)) await remember(learned.state);
    attempted(observation.from, observation.sentMs);
    if (learned.contact) contactMs = Math.max(contactMs, observation.sentMs);
    view = viewOf(learned.state, learned.regressed ?? view.regressed);
    return { grown, storeLacks: observation.from !== 'journal' && lacks(observation.answer, learned.state) };
  }

  /** A full disk must not keep the reader on what it knows to be over; it only cannot confirm. */
  async function remember(state: State): Promise<void> {
    try {
      await disk.save(state);
      onDisk = state;
    } catch (thrown) {
      onNotice(t`The last known flag could not be written to disk: ${messageOf(thrown)}`);
    }
  }

  return {
    get view() {
      return view;
    },
    get model() {
      return model;
    },
    runs(other) {
      model = other;
      view = viewOf(view.state, view.regressed);
    },
    get onDisk() {
      return onDisk;
    },
    observe(observation) {
      // One at a time, or a swap would lose what another answer brought meanwhile.
      const observed = earlier.then(() => takeIn(observation));
      earlier = observed.catch(() => {});
      return observed;
    },
    missed(from, sentMs) {
      attempted(from, sentMs);
      view = viewOf(view.state, view.regressed);
    },
  };
}
