import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AtmrError } from '../../src/errors.js';
import { activate } from '../../src/flag/activate.js';
import { confirm } from '../../src/flag/confirmation.js';
import { disable } from '../../src/flag/disable.js';
import { findChange, verifyHistory } from '../../src/flag/history.js';
import { writeInitialState } from '../../src/flag/initial.js';
import { changeModel } from '../../src/flag/model-change.js';
import { setPercentage } from '../../src/flag/percentage.js';
import { activeMarks, EMPTY_STATE } from '../../src/flag/state.js';
import { sync } from '../../src/flag/sync.js';
import { type Machine, request, startMachine, tapped } from '../fault/site.js';
import { until } from '../fault/wait.js';

const model = { name: 'delay_predictor', version: '2', sha256: 'a'.repeat(64) };

describe('the writers, on SQLite', () => {
  let machine: Machine;
  beforeEach(async () => {
    machine = await startMachine({ name: 'host', key: 'k', servers: { postgres: null, redis: null } });
  });
  afterEach(() => machine.close());

  it('activate → percentage → model → disable → activate, each one revision, chained', async () => {
    const { holders } = machine;
    expect((await activate(holders, 10, request('ana', 'week 1'))).after).toMatchObject({
      revision: 1,
      percentage: 10,
    });
    expect((await setPercentage(holders, 25, request('ana'))).after).toMatchObject({
      revision: 2,
      enabled: true,
    });
    expect((await changeModel(holders, model, request('ana'))).after).toMatchObject({ revision: 3, model });
    const stopped = await disable(holders, request('bob', 'fire'));
    expect(stopped).toMatchObject({
      after: { revision: 4, enabled: false, percentage: 0 },
      before: { revision: 3 },
    });
    const started = await activate(holders, 5, request('ana'));
    expect(started).toMatchObject({
      named: [stopped.changeId],
      after: { revision: 5, model },
      confirmedIn: ['sqlite'],
    });
    expect(activeMarks(await holders.record.read())).toEqual([]);
    expect(await verifyHistory(holders)).toEqual({ kind: 'intact', rows: 5 });
    expect((await findChange(holders, started.changeId ?? '')).recorded?.revision).toBe(5);
  });

  it('a percentage under a forced off is recorded and says so', async () => {
    const { holders } = machine;
    await activate(holders, 10, request('ana'));
    await disable(holders, request('bob'));
    const change = await setPercentage(holders, 25, request('ana'));
    expect(change.after).toMatchObject({ enabled: false, percentage: 25 });
    expect(change.warnings.map(({ code }) => code)).toEqual(['FORCED_OFF']);
    expect(activeMarks(await holders.record.read())).toHaveLength(1);
  });

  it('writes nothing when nothing would change, and always a new mark for a disable', async () => {
    const { holders } = machine;
    await activate(holders, 10, request('ana'));
    expect(await activate(holders, 10, request('ana'))).toMatchObject({
      changed: false,
      after: { revision: 1 },
    });
    await disable(holders, request('ana'));
    await disable(holders, request('bob'));
    expect(activeMarks(await holders.record.read())).toHaveLength(2);
  });

  it('--dry-run shows the change and makes none', async () => {
    const { holders } = machine;
    await activate(holders, 10, request('ana'));
    const planned = await activate(holders, 25, { ...request('ana'), dryRun: true });
    expect(planned).toMatchObject({
      changed: false,
      before: { revision: 1 },
      after: { revision: 2, percentage: 25 },
    });
    await disable(holders, { ...request('ana'), dryRun: true });
    expect(await holders.record.read()).toMatchObject({ flag: { revision: 1 }, marks: {} });
    expect(await holders.disk.journal()).toEqual([]);
  });

  it.each(['activate', 'disable'] as const)(
    '%s --if-revision refuses another revision, and makes no mark',
    async (kind) => {
      const { holders } = machine;
      await activate(holders, 10, request('ana', 'week 1'));
      const wrong = { ...request('bob'), ifRevision: 6 };
      const attempt = kind === 'activate' ? activate(holders, 5, wrong) : disable(holders, wrong);
      await expect(attempt).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringMatching(
          /^flag k is at revision 1, not 6: ana set 10 % at \d\d:\d\d \(“week 1”\)\. Run/,
        ),
      });
      expect(await holders.record.read()).toMatchObject({ flag: { revision: 1 }, marks: {} });
    },
  );

  it('no reply, three times, is an unknown outcome with the change to look for', async () => {
    const { holders } = machine;
    let sent = '';
    const mute = tapped(holders, {
      record: {
        async commit(command) {
          sent = command.changeId;
          await holders.record.commit(command);
          throw new AtmrError('UNAVAILABLE', 'no reply');
        },
      },
    });
    const failure: unknown = await activate(mute, 10, request('ana')).catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ code: 'OUTCOME_UNKNOWN', message: expect.stringContaining(sent) });
    expect(await holders.record.history(10)).toMatchObject([{ changeId: sent, revision: 1 }]);
  });

  it('a disable that no store took stays in the journal until one does', async () => {
    const { holders } = machine;
    const away = async () => {
      throw new AtmrError('UNAVAILABLE', 'sqlite is away.');
    };
    const dead = tapped(holders, { record: { read: away, commit: away, instances: away } });
    await expect(disable(dead, request('ana', 'fire'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const [mark] = await holders.disk.journal();
    expect(mark).toMatchObject({ by: 'ana', reason: 'fire' });
    expect((await sync(holders, EMPTY_STATE)).agreed).toBe(true);
    expect(await holders.record.change(mark?.id ?? '')).toMatchObject({ by: 'ana', action: 'disable' });
    expect(await holders.disk.journal()).toEqual([]);
  });

  it('writes the initial state once, and only where nobody knows a flag', async () => {
    const { holders } = machine;
    const initial = { enabled: true, percentage: 10, fallbackOnError: false };
    const { authorship } = request('ana');
    expect(await writeInitialState(holders, initial, authorship)).toMatchObject({ revision: 1 });
    expect((await holders.record.read()).flag).toMatchObject({ revision: 1, action: 'init', ...initial });
    expect(await writeInitialState(holders, initial, authorship)).toBeNull();
  });

  it('does not invent a flag where a disk remembers one', async () => {
    const { holders } = machine;
    await activate(holders, 10, request('ana'));
    const remembered = (await holders.disk.load()).flag;
    const empty = tapped(holders, {
      record: {
        read: async () => ({ ...EMPTY_STATE, head: null }),
        commit: () => Promise.reject(new Error('written')),
      },
    });
    expect(remembered?.revision).toBe(1);
    const initial = { enabled: true, percentage: 10, fallbackOnError: true };
    expect(await writeInitialState(empty, initial, request('ana').authorship)).toBeNull();
  });

  it('confirms what live readers have on disk, and names the lost', async () => {
    const { holders } = machine;
    const reader = await machine.reader();
    const settings = { waitMs: 10_000, expectInstances: 1, staleAfterMs: 600_000, place: 'here' };
    const change = await activate(holders, 100, request('ana'));
    const confirmation = await confirm(holders, change, settings);
    expect(confirmation).toMatchObject({
      verdict: 'confirmed',
      warnings: [],
      instances: [{ confirmed: true }],
    });
    expect(confirmation.confirmedAfterMs).toBeGreaterThan(0);
    expect(reader.decide('booking-1').variant).toBe('model');

    const short = { ...settings, waitMs: 100, expectInstances: 2 };
    expect(await confirm(holders, change, short)).toMatchObject({
      verdict: 'unconfirmed',
      warnings: [{ code: 'TOO_FEW_READERS' }],
    });
    await reader.stop();
    await until('it has said good-bye', async () => (await holders.record.instances()).length === 0);
    expect(await confirm(holders, change, { ...settings, expectInstances: 0 })).toMatchObject({
      verdict: 'confirmed',
      confirmedAfterMs: null,
      warnings: [{ code: 'NO_READERS', text: 'no running process reads this store: here' }],
    });
  });
});
