import { randomUUID } from 'node:crypto';
import type { Mark } from '../../src/flag/state.js';
import type { CommitCommand, CommitResult, RecordState, RecordStore } from '../../src/flag/store.js';

/** A mark as `disable` makes it. */
export function mark(overrides: Partial<Mark> = {}): Mark {
  const fixed = { at: '2026-11-02T10:42:00.000Z', by: 'ana', reason: 'too late', host: 'host-1' };
  return { id: randomUUID(), ...fixed, ...overrides };
}

/** A commit upon what was read. */
export function command(
  key: string,
  read: RecordState,
  overrides: Partial<CommitCommand> = {},
): CommitCommand {
  const kind = overrides.kind ?? 'activate';
  return {
    key,
    changeId: randomUUID(),
    kind,
    expected: read.flag?.revision ?? 0,
    floor: 0,
    named: [],
    content: {
      key,
      enabled: kind !== 'disable',
      percentage: kind === 'disable' ? 0 : 12.34,
      fallbackOnError: true,
      salt: key,
      model: { name: 'delay_predictor', version: '1', sha256: 'ab' },
      updatedAt: '2026-11-02T10:42:00.123Z',
      updatedBy: 'Zoë',
      reason: 'week 2 “25 %”',
      action: kind,
    },
    mark: null,
    hasCopy: false,
    previousHash: read.head,
    ...overrides,
  };
}

/** The command of a `disable`, whose change id is the id of its mark. */
export function disableCommand(key: string, read: RecordState, forcedOff: Mark): CommitCommand {
  return command(key, read, { kind: 'disable', changeId: forcedOff.id, mark: forcedOff });
}

/** Reads and commits: what a lone writer does. */
export async function write(
  store: RecordStore,
  key: string,
  overrides: Partial<CommitCommand> = {},
): Promise<CommitResult> {
  return await store.commit(command(key, await store.read(), overrides));
}
