import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { activate } from '../../src/flag/activate.js';
import { startReader } from '../../src/flag/reader.js';
import { type Machine, request, startMachine, tapped } from '../fault/site.js';
import { until } from '../fault/wait.js';

describe('a reader', () => {
  let machine: Machine;
  beforeEach(async () => {
    machine = await startMachine({ name: 'host', key: 'k', servers: { postgres: null, redis: null } });
  });
  afterEach(() => machine.close());

  it('tells an error of the application’s from one of a store', async () => {
    const notices: string[] = [];
    const reader = await machine.reader({
      onNotice: (text) => notices.push(text),
      onChange: () => {
        throw new TypeError('no such widget');
      },
    });
    await activate(machine.holders, 100, request('ana'));
    await until('it serves the model', () => reader.decide('booking-1').variant === 'model');
    expect(notices).toEqual(['[ML] onChange failed: no such widget']);
  });

  it('repairs ever more seldom what no repair mends', async () => {
    await activate(machine.holders, 100, request('ana'));
    const { record } = machine.holders;
    let reads = 0;
    let listings = 0;
    const read = async () => {
      reads += 1;
      return { flag: null, marks: {}, ended: {}, head: null };
    };
    const instances = async () => {
      listings += 1;
      return record.instances();
    };
    const reader = await startReader(tapped(machine.holders, { record: { read, instances } }), {
      ...{ instance: 'r', pid: 1, url: null, model: null, staleAfterMs: 600_000, repairs: true },
      onNotice: () => {},
    });
    // The first listing is the report's, the others are of repairs, with three reads each.
    const looks = () => reads - 3 * (listings - 1);
    await until('it has looked eight times', () => looks() >= 8, 30_000);
    await reader.stop();
    expect(listings - 1).toBeLessThanOrEqual(looks() - 3);
  });
});
