import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/ledger/open-ledger.js';
import { startMigratedPostgres } from '../fault/postgres.js';
import { prediction } from '../ledger/rows.js';
import type { TestServer } from '../servers/process.js';
import { startRedis } from '../servers/redis.js';
import { program } from './program.js';
import { onTerminal } from './terminal.js';

let postgres: TestServer;
let redis: TestServer;
beforeAll(async () => {
  [postgres, redis] = await Promise.all([startMigratedPostgres(), startRedis()]);
});
afterAll(async () => await Promise.all([postgres.remove(), redis.remove()]));

type Program = ReturnType<typeof program>;

async function jsonOf(running: ReturnType<Program['run']>) {
  const { exitCode, stdout } = await running;
  return { exitCode, document: JSON.parse(stdout) };
}

const PLACES: Readonly<Record<string, () => Program>> = {
  SQLite: () => program(),
  'Postgres and Redis': () => program({ DATABASE_URL: postgres.url, REDIS_URL: redis.url }),
  'Redis alone': () => program({ REDIS_URL: redis.url }),
};

let flags = 0;

describe.each(Object.keys(PLACES))('rollout on %s', (place) => {
  let company: Program;
  let flag: string;
  beforeEach(() => {
    company = PLACES[place]!();
    flag = `${place.replaceAll(' ', '-')}-${++flags}`;
  });
  const run = (...args: readonly string[]) => company.run(...args, '--flag', flag);
  const json = async (...args: readonly string[]) => {
    const { exitCode, stdout, stderr } = await run(...args, '--json');
    if (stdout === '') throw new Error(stderr);
    return { exitCode, document: JSON.parse(stdout) };
  };
  const rollout = async () => (await json('status')).document.flag.rollout;
  const start = () => run('rollout', 'start', '--yes', '--by', 'ana', '--reason', 'week 1');

  it('starts at 10 %, once, and says where it stands', async () => {
    expect((await json('rollout', 'status')).document).toMatchObject({
      ...{ decision: 'wait', safeToAdvance: false, phase: 'not_started', step: null, gates: [] },
    });
    expect((await start()).exitCode).toBe(0);
    const { document } = await json('rollout', 'status');
    expect(document).toMatchObject({
      ...{ decision: 'wait', safeToAdvance: false, phase: 'collecting', step: 1, steps: 4 },
      ...{ percentage: 10, nextPercentage: 25, traffic: 10 },
    });
    expect(document.gates.map(({ name }: { name: string }) => name)).toEqual([
      ...['failure_rate', 'mae', 'improvement', 'prediction_time_p95', 'crashes'],
      ...['r2', 'improvement_target'],
    ]);
    expect(Date.parse(document.nextAt)).toBeGreaterThan(Date.now() + 6.9 * 86_400_000);
    const again = await start();
    expect(again).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/A rollout is under way/) });
  });

  it('follows what is done past it: a share by hand, a forced off, another way back', async () => {
    await start();
    const manual = await json('activate', '--percentage', '40', '--yes');
    expect(manual.document.warnings).toContainEqual(expect.objectContaining({ code: 'MANUAL_CHANGE' }));
    expect(manual.document.gates).toHaveLength(7);
    expect(await rollout()).toMatchObject({ phase: 'held', stop: { code: 'manual_change' } });
    await run('disable', '--reason', 'error rate 30 %');
    expect(await rollout()).toMatchObject({ phase: 'rolled_back', stop: { code: 'forced_off' } });
    // Scenario 1 of the guide.
    await run('activate', '--percentage', '5', '--yes');
    expect(await rollout()).toMatchObject({ phase: 'collecting', step: 0 });
  });

  // The rest does not depend on where the flag is.
  if (place !== 'SQLite') return;

  it('does not advance without evidence, lists every gate, and changes nothing', async () => {
    await start();
    for (const more of [[], ['--dry-run']]) {
      const { exitCode, document } = await json('rollout', 'advance', '--yes', ...more);
      expect(exitCode).toBe(7);
      expect(document).toMatchObject({ changed: false, gates: expect.any(Array) });
      expect(document.gates).toHaveLength(7);
      expect(document.refused).toContain('no booking was asked about since the step began');
    }
    expect((await json('status')).document.flag).toMatchObject({ percentage: 10, revision: 1 });
  });

  it('advances by force with a reason, step by step, and names what was passed over', async () => {
    await start();
    const bare = await run('rollout', 'advance', '--force', '--yes');
    expect(bare).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/--force needs --reason/) });
    const forced = await json('rollout', 'advance', '--force', '--yes', '--reason', 'board');
    expect(forced.document).toMatchObject({ changed: true, after: { percentage: 25 } });
    expect(forced.document.after.reason).toMatch(/^board \(forced past .*minimum_time/);
    const codes = forced.document.warnings.map(({ code }: { code: string }) => code);
    expect(codes).toContain('FORCED');
    // Nobody reads this flag, so everybody has it: the guard's next look says so where the command did not.
    await run('guard', '--once');
    expect(await rollout()).toMatchObject({ phase: 'collecting', step: 2 });
    await run('rollout', 'advance', '--force', '--yes', '--reason', 'board');
    await run('guard', '--once');
    const last = await json('rollout', 'status');
    expect(last.document.gates.at(-1)).toMatchObject({ name: 'real_model', result: 'fail' });
    expect((await json('rollout', 'advance', '--yes')).exitCode).toBe(3);
    const history = await json('history');
    expect(history.document.map(({ action }: { action: string }) => action)).toEqual(
      Array.from(history.document, () => 'rollout'),
    );
    expect((await run('history', '--verify')).exitCode).toBe(0);
  });

  it('holds, resumes, goes back to a share, to the step before, and to nothing', async () => {
    await start();
    await run('rollout', 'advance', '--force', '--yes', '--reason', 'board');
    await run('guard', '--once');
    expect((await run('rollout', 'hold', '--reason', 'strike')).exitCode).toBe(0);
    expect((await json('rollout', 'status')).document).toMatchObject({
      decision: 'hold',
      phase: 'held',
      traffic: 25,
    });
    expect((await json('rollout', 'advance', '--yes')).exitCode).toBe(3);
    expect((await run('rollout', 'resume', '--yes')).exitCode).toBe(0);
    expect((await run('rollout', 'resume', '--yes')).exitCode).toBe(2);

    const less = await json('rollout', 'rollback', '--to', '12');
    expect(less.document.after).toMatchObject({ percentage: 12, rollout: { phase: 'rolled_back', step: 1 } });
    expect((await run('rollout', 'rollback', '--to', '30')).exitCode).toBe(2);
    expect((await run('rollout', 'rollback', '--to', 'some')).exitCode).toBe(2);
    await run('rollout', 'resume', '--yes');
    expect((await json('status')).document.flag).toMatchObject({ percentage: 10, rollout: { step: 1 } });

    const none = await json('rollout', 'rollback', '--to', 'previous', '--reason', 'complaints');
    expect(none.document).toMatchObject({ forcedOff: true });
    expect((await json('rollout', 'status')).document).toMatchObject({
      decision: 'hold',
      phase: 'rolled_back',
      traffic: 0,
    });
    expect((await run('rollout', 'resume', '--yes')).exitCode).toBe(2);
    const again = await json('rollout', 'start', '--yes');
    expect(again.document.after).toMatchObject({ percentage: 5, rollout: { step: 0, phase: 'collecting' } });
    expect((await json('status')).document.state).toBe('on');
  });

  it('has the gates of the step decide an activate that is gated', async () => {
    expect((await run('activate', '--gated', '--yes')).exitCode).toBe(0);
    const refused = await json('activate', '--percentage', '25', '--gated', '--yes');
    expect(refused).toMatchObject({ exitCode: 7, document: { changed: false } });
    expect(refused.document.refused).toContain('mae has not enough data');
    expect((await json('status')).document.flag.percentage).toBe(10);
    const obeyed = await json('activate', '--percentage', '25', '--yes');
    expect(obeyed).toMatchObject({ exitCode: 0, document: { changed: true } });
    expect(obeyed.document.warnings).toContainEqual(expect.objectContaining({ code: 'GATES_NOT_MET' }));
  });

  it('refuses gated what the plan would not give, or while something is wrong', async () => {
    const tooMuch = await json('activate', '--percentage', '100', '--gated', '--yes');
    expect(tooMuch).toMatchObject({ exitCode: 3, document: { changed: false, before: null } });
    expect(tooMuch.document.refused).toContain("100 % is more than the next step's 10 %");
    await start();
    const skipped = await json('activate', '--percentage', '100', '--gated', '--yes');
    expect(skipped.document.refused).toContain("100 % is more than the next step's 25 %");
    expect(skipped.document.gates.at(-1)).toMatchObject({ name: 'real_model', result: 'fail' });
    await run('disable', '--reason', 'fire');
    const forcedOff = await json('activate', '--percentage', '5', '--gated', '--yes');
    expect(forcedOff).toMatchObject({ exitCode: 3, document: { changed: false } });
    const advance = await json('rollout', 'advance', '--force', '--reason', 'board', '--yes');
    expect(advance).toMatchObject({ exitCode: 3, document: { changed: false } });
  });

  it('looks once, with or without doing anything', async () => {
    await start();
    const dry = await json('guard', '--once', '--dry-run');
    expect(dry).toMatchObject({ exitCode: 0, document: { leads: false, leader: null, phase: 'collecting' } });
    const once = await json('guard', '--once');
    expect(once).toMatchObject({ exitCode: 0, document: { leads: true, acted: null, findings: [] } });
    expect((await run('guard', '--ack', 'faliure_rate')).stderr).toMatch(/did you mean failure_rate/);
    expect((await json('guard', '--ack')).document).toEqual({ acknowledged: [] });
  });
});

describe('a plan of the configuration', () => {
  const withPlan = (yaml: string) => {
    const company = program();
    writeFileSync(join(company.folder, 'atmr-ml.config.yaml'), yaml);
    return company;
  };

  it('is sound by default', async () => {
    const { exitCode, stdout } = await program().run('rollout', 'lint');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, findings: [] });
  });

  it.each([
    ['rollout: { steps: [{ percentage: 25 }, { percentage: 10 }] }', /10 % is not above the 25 %/],
    [
      'rollout: { steps: [{ percentage: 10, gates: [] }, { percentage: 100 }] }',
      /traffic would rise on time alone/,
    ],
    ['rollout: { steps: [{ percentage: 10, gates: [stable] }, { percentage: 100 }] }', /the first has none/],
    ['rollout: { recovery: { percentage: 20 } }', /20 % is not below the first step/],
  ])('exits 3 for %s', async (yaml, fault) => {
    const { exitCode, stdout } = await withPlan(yaml).run('rollout', 'lint');
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(fault);
  });

  it.each([
    ['rollout: { steps: [] }', /expected at least one step/],
    ['rollout: { steps: [{ percentage: 0 }] }', /expected a share from 0.01 to 100/],
    ['rollout: { steps: [{ percentage: 10, gates: [mea] }] }', /"mea" is no gate/],
    ['rollout: { steps: [{ percentage: 10, gates: ["mae > 2"] }] }', /asks for the wrong side/],
    ['rollout: { steps: [{ percentage: 10, minimumTme: 7d }] }', /did you mean minimumTime/],
    ['rollout: { bake: soon }', /expected a time such as 7d/],
    ['rollout: { window: { days: mon-foo } }', /expected weekdays/],
    ['rollout: { window: { hours: 17-8 } }', /expected hours/],
    ['rollout: { freeze: ["2026-02-30"] }', /expected a date/],
    ['guard: { interval: 10ms }', /expected a time from 1s to 10m/],
    ['guard: { dryRun: [drfit] }', /expected a rule/],
  ])('is refused: %s', async (yaml, fault) => {
    const { exitCode, stderr } = await withPlan(yaml).run('rollout', 'lint');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(fault);
  });

  it('does not begin with a plan that lint calls wrong', async () => {
    const company = withPlan('rollout: { recovery: { percentage: 20 } }');
    const refused = await company.run('rollout', 'start', '--yes');
    expect(refused).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/^error: Nothing was changed: rollout.recovery/),
    });
  });

  it('asks as many people as it says, each of them once', async () => {
    const company = withPlan(`rollout:
  anyTime: true
  steps:
    - { percentage: 10, minimumTime: 0s, minimumSettled: 0, approvals: 2, gates: [failure_rate] }
    - { percentage: 40 }
    - { percentage: 100 }
`);
    const { home, run } = company;
    await run('rollout', 'start', '--yes');
    const ledger = await openLedger({ databaseUrl: null, home });
    const nowMs = Date.now();
    const { document } = await jsonOf(run('status'));
    const { version } = document.flag.model;
    await ledger.record(
      Array.from({ length: 200 }, (_, i) =>
        prediction({ requestId: `r${i}`, bookingId: `b${i}`, createdMs: nowMs + i, modelVersion: version }),
      ),
    );
    await ledger.close();
    const advance = (by: string) => jsonOf(run('rollout', 'advance', '--yes', '--by', by));
    const first = await advance('ana');
    expect(first).toMatchObject({ exitCode: 7, document: { changed: true, after: { percentage: 10 } } });
    expect(first.document.warnings).toContainEqual({
      ...{
        code: 'APPROVAL',
        text: 'Approved by ana; one more person has to run `atmr-ml rollout advance` too.',
      },
    });
    expect((await run('rollout', 'advance', '--yes', '--by', 'ana')).exitCode).toBe(2);
    const second = await advance('zoe');
    expect(second).toMatchObject({
      exitCode: 0,
      document: { after: { percentage: 40, rollout: { step: 2 } } },
    });
  });

  it('exits 4 where the record does not answer, though the cache knows the flag', async () => {
    const flag = `cut-off-${++flags}`;
    const both = program({ DATABASE_URL: postgres.url, REDIS_URL: redis.url });
    await both.run('rollout', 'start', '--yes', '--flag', flag);
    const cutOff = program({ DATABASE_URL: 'postgres://127.0.0.1:1/atmr', REDIS_URL: redis.url });
    expect(await jsonOf(cutOff.run('rollout', 'status', '--json', '--flag', flag))).toMatchObject({
      ...{ exitCode: 4, document: { decision: 'wait', traffic: 10 } },
    });
  });

  it('fits a terminal of 80 columns', async () => {
    const { home, run } = program();
    await run('rollout', 'start', '--yes');
    for (const args of [
      ['rollout', 'status'],
      ['rollout', 'lint'],
      ['guard', '--once'],
      ['rollout', 'advance', '--yes'],
    ]) {
      const { screen } = await onTerminal({ ATMR_ML_HOME: home, COLUMNS: '80', NO_COLOR: '1' }, args);
      const lines = screen
        .split(/\r?\n/)
        .filter((line) => !line.startsWith('warning:') && !line.startsWith('- '));
      expect(lines.filter((line) => line.length > 80)).toEqual([]);
      expect(screen).not.toMatch(/undefined|NaN|\[object/);
    }
  });
});
