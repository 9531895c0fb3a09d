import { describe, expect, it } from 'vitest';
import { rememberingAttempts } from '../../src/guard/own-attempts.js';
import { NEWEST } from '../../src/guard/sighting.js';
import type { ModelAttempt, PredictionRow } from '../../src/ledger/ledger.js';
import type { Recorder } from '../../src/ledger/recorder.js';
import { prediction } from '../ledger/rows.js';

/** A recorder that keeps what it is given, and when it would be durable. */
function keeping() {
  const added: PredictionRow[] = [];
  const durable: PredictionRow[] = [];
  const recorder: Recorder = {
    add: (row) => void added.push(row),
    addDurably: async (row) => void durable.push(row),
    pendingAnswerOf: (requestId) => `the answer of ${requestId}`,
    state: () => ({ queued: 3, spooled: 0, lost: 0, corrupt: 0, fault: null }),
    stop: async () => {},
  };
  return { added, durable, ...rememberingAttempts(recorder) };
}

const row = (attempt: ModelAttempt, createdMs = 1000, modelVersion = '1') =>
  prediction({ attempt, createdMs, modelVersion });

describe('the attempts that a process saw itself', () => {
  it('are those of all rows that pass through it, however they are recorded', async () => {
    const { recorder, own, added, durable } = keeping();
    const rows = [row('answered'), row('failed'), row('late'), row('not_finite')];
    recorder.add(rows[0]!);
    await recorder.addDurably(rows[1]!);
    recorder.add(rows[2]!);
    await recorder.addDurably(rows[3]!);
    expect(own.since(0, null)).toEqual([false, true, true, true]);
    expect(added).toEqual([rows[0], rows[2]]);
    expect(durable).toEqual([rows[1], rows[3]]);
    expect(recorder.pendingAnswerOf('r')).toBe('the answer of r');
    expect(recorder.state().queued).toBe(3);
  });

  it('count before the row is durable, and whether or not it ever is', async () => {
    const never: Recorder = {
      ...keeping().recorder,
      addDurably: () => Promise.reject(new Error('the disk is full')),
    };
    const { recorder, own } = rememberingAttempts(never);
    await expect(recorder.addDurably(row('failed'))).rejects.toThrow('the disk is full');
    expect(own.since(0, null)).toEqual([true]);
  });

  it('are none where the model was not asked', () => {
    const { recorder, own, added } = keeping();
    for (const attempt of ['none', 'ineligible'] as const) recorder.add(row(attempt));
    expect(own.since(0, null)).toEqual([]);
    expect(added).toHaveLength(2);
  });

  it('are told since a time, that included, and of one version or of any', () => {
    const { recorder, own } = keeping();
    recorder.add(row('failed', 1000, '1'));
    recorder.add(row('answered', 2000, '1'));
    recorder.add(row('failed', 2000, '2'));
    recorder.add(row('late', 3000, '1'));
    expect(own.since(2000, null)).toEqual([false, true, true]);
    expect(own.since(2000, '1')).toEqual([false, true]);
    expect(own.since(0, '2')).toEqual([true]);
    expect(own.since(3001, null)).toEqual([]);
    expect(own.since(0, '3')).toEqual([]);
  });

  it('are the newest, as many as a look reads of a ledger', () => {
    const { recorder, own } = keeping();
    const extra = 5;
    // The oldest ones failed, and so did the last.
    for (let i = 0; i < NEWEST.attempts + extra; i++) {
      recorder.add(row(i < extra || i === NEWEST.attempts + extra - 1 ? 'failed' : 'answered', 1000 + i));
    }
    const seen = own.since(0, null);
    expect(seen).toHaveLength(NEWEST.attempts);
    expect(seen.filter(Boolean)).toEqual([true]);
    expect(seen.at(-1)).toBe(true);
  });
});
