import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { activate } from '../../src/flag/activate.js';
import { verifyHistory } from '../../src/flag/history.js';
import { setPercentage } from '../../src/flag/percentage.js';
import { type Machine, request, startMachine, tapped } from '../fault/site.js';

describe('verifyHistory', () => {
  let machine: Machine;
  beforeEach(async () => {
    machine = await startMachine({ name: 'host', key: 'k', servers: { postgres: null, redis: null } });
    await activate(machine.holders, 10, request('ana'));
  });
  afterEach(() => machine.close());

  it.each([1, 100])('takes no write between its two reads for tampering (%i of them)', async (writes) => {
    const { holders } = machine;
    let written = 0;
    const history = async (limit: number) => {
      if (written++ < writes) await setPercentage(holders, 10 + written, request('bob'));
      return holders.record.history(limit);
    };
    const verdict = await verifyHistory(tapped(holders, { record: { history } }));
    expect(verdict.kind).toBe('intact');
  });

  it('finds a row above the flag: nobody wrote it through the record', async () => {
    const { holders } = machine;
    const before = await holders.record.read();
    await setPercentage(holders, 50, request('mallory'));
    const { head } = await holders.record.read();
    const read = async () => ({ ...before, head });
    expect(await verifyHistory(tapped(holders, { record: { read } }))).toMatchObject({ kind: 'broken' });
  });
});
