import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Company, DAY_MS, openCompany, type World } from './weeks.js';

/** Monday, 2 March 2026, 00:00 in Zurich; the clocks change in the last of the four weeks. */
const MONDAY_MS = Date.UTC(2026, 2, 1, 23);
const MORNING_MS = 9.5 * 3_600_000;
const HEALTHY: World = { model: 1.6, heuristic: 2.8, failing: 0.005 };

/** The default plan, but for a return that this company can have. */
const PLAN = `
rollout:
  steps:
    - percentage: 10
    - percentage: 25
    - percentage: 50
    - { percentage: 100, minimumTime: 0h, gates: ['roi > 500 %'] }
`;

/** That all four weeks go well is the wizard's test. */
describe('Four weeks of the real program on the embedded store', () => {
  let company: Company;
  beforeEach(async () => {
    company = await openCompany(PLAN);
  });
  afterEach(async () => await company.close());

  /** A day of the company, and what happens on its next morning. */
  async function passDay(day: number, world: World) {
    await company.live(MONDAY_MS + day * DAY_MS, 110, world);
    // A minute later each morning: seven days after a step began are then over, however long its program took.
    const atMs = MONDAY_MS + (day + 1) * (DAY_MS + 60_000) + MORNING_MS;
    const guard = company.json(atMs, 'guard', '--once');
    return { atMs, guard, decision: guard.document.decision, phase: guard.document.phase };
  }

  it('end in week 2 with a rollback where the model gets worse, and begin again at 5 %', async () => {
    const started = company.json(
      MONDAY_MS + 1,
      'rollout',
      'start',
      '--yes',
      '--by',
      'ana',
      '--reason',
      'week 1',
    );
    expect(started.document).toMatchObject({ changed: true, after: { percentage: 10 } });
    const early = company.json(MONDAY_MS + MORNING_MS, 'rollout', 'advance', '--yes');
    expect(early.exitCode).toBe(7);
    expect(early.document).toMatchObject({
      changed: false,
      refused: expect.arrayContaining([expect.stringMatching(/^the step lasts another 6\.6 days/)]),
    });
    let day = 0;
    for (; day < 14; day++) {
      const { atMs, decision } = await passDay(day, HEALTHY);
      if (decision !== 'advance') continue;
      expect(company.json(atMs, 'rollout', 'advance', '--yes').exitCode).toBe(0);
      day++;
      break;
    }
    const regressed = day;
    let last = await passDay(day, { model: 3.5, heuristic: 2.8 });
    while (last.guard.exitCode === 0 && day < regressed + 21)
      last = await passDay(++day, { model: 3.5, heuristic: 2.8 });
    process.stderr.write(`regression of week 2: rolled back ${day + 1 - regressed} days after it began\n`);
    expect(last.guard.exitCode).toBe(3);
    expect(last.guard.document).toMatchObject({
      acted: { done: true, what: 'rolled back to 0 %' },
      wanted: { rule: 'improvement', action: 'roll_back' },
    });
    const status = company.json(last.atMs, 'rollout', 'status').document;
    expect(status).toMatchObject({ phase: 'rolled_back', decision: 'hold', traffic: 0 });
    expect(company.run(last.atMs, 'rollout', 'advance', '--yes').exitCode).toBe(3);
    const again = company.json(last.atMs + 60_000, 'rollout', 'start', '--yes', '--reason', 'cause found');
    expect(again.document).toMatchObject({
      after: { percentage: 5, rollout: { step: 0, phase: 'collecting' } },
    });
    const after = company.json(last.atMs + 120_000, 'guard', '--once');
    expect(after).toMatchObject({ exitCode: 0, document: { traffic: 5, decision: 'wait' } });
    expect(company.run(last.atMs + 180_000, 'history', '--verify').exitCode).toBe(0);
  });

  it('roll back at once where predictions fail', async () => {
    company.json(MONDAY_MS + 1, 'rollout', 'start', '--yes');
    for (let day = 0; day < 3; day++) expect((await passDay(day, HEALTHY)).guard.exitCode).toBe(0);
    const { atMs, guard } = await passDay(3, { ...HEALTHY, failing: 0.6 });
    expect(guard).toMatchObject({ exitCode: 3, document: { wanted: { rule: 'failure_rate' } } });
    expect(company.json(atMs, 'rollout', 'status').document.traffic).toBe(0);
  });
});
