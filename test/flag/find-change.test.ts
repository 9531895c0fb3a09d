import { expect, it } from 'vitest';
import { findChange } from '../../src/flag/history.js';
import type { Holders } from '../../src/flag/holders.js';
import { EMPTY_STATE } from '../../src/flag/state.js';

it.each(['constructor', '__proto__', 'no-such-change'])('nobody made the change %s', async (id) => {
  const holders = {
    record: { change: async () => null },
    copy: { read: async () => EMPTY_STATE },
    disk: { journal: async () => [] },
  } as unknown as Holders;
  expect(await findChange(holders, id)).toEqual({ recorded: null, mark: null });
});
