import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { activate } from '../../src/flag/activate.js';
import { carryOut, type Writer } from '../../src/flag/outcome.js';
import { type Machine, request, startMachine } from '../fault/site.js';

const settings = { waitMs: 0, expectInstances: 0, staleAfterMs: 600_000, place: 'here' };
const initial = { enabled: true, percentage: 5, fallbackOnError: false };
const write: Writer = (holders, asked) => activate(holders, 20, asked);

describe('carryOut', () => {
  let machine: Machine;
  beforeEach(async () => {
    machine = await startMachine({ name: 'host', key: 'k', servers: { postgres: null, redis: null } });
  });
  afterEach(() => machine.close());

  it('does not take the initial state that it writes itself for somebody else’s change', async () => {
    const unwritten = { ...request('ana'), ifRevision: 0 };
    const { change } = await carryOut(machine.holders, write, unwritten, initial, settings);
    expect(change.before).toMatchObject({ revision: 1, percentage: 5 });
    expect(change.after).toMatchObject({ revision: 2, percentage: 20, fallbackOnError: false });
    expect(change.warnings).toMatchObject([{ code: 'INITIAL_STATE' }]);
  });

  it('still refuses a flag that somebody else wrote meanwhile', async () => {
    await activate(machine.holders, 10, request('bob'));
    const unwritten = { ...request('ana'), ifRevision: 0 };
    const late = carryOut(machine.holders, write, unwritten, initial, settings);
    await expect(late).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});
