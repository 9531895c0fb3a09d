import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { activate } from '../../src/flag/activate.js';
import type { Change } from '../../src/flag/change.js';
import type { Confirmation } from '../../src/flag/confirmation.js';
import { disable } from '../../src/flag/disable.js';
import type { Outcome } from '../../src/flag/outcome.js';
import { outcomeDocument, outcomeLines } from '../../src/render/change.js';
import { type Machine, request, startMachine } from '../fault/site.js';

const WALL = { timeZone: 'Europe/Zurich', nowMs: Date.parse('2026-03-01T12:00:00.000Z') };
const nobody = { instances: [], counted: 0, confirmedBy: 0, confirmedAfterMs: null, warnings: [] };
const confirmation: Confirmation = { verdict: 'confirmed', ...nobody };
const outcomeOf = (change: Change, dryRun: boolean): Outcome => ({ change, confirmation, dryRun });

describe('an activate that ends a forced off', () => {
  let machine: Machine;
  beforeEach(async () => {
    machine = await startMachine({ name: 'host', key: 'k', servers: { postgres: null, redis: null } });
  });
  afterEach(() => machine.close());

  it.each([true, false])('says whose it was and why (dry run: %s)', async (dryRun) => {
    const { holders } = machine;
    const asked = request('zoé', 'erreur 30 %');
    const at = '2026-03-01T09:44:00.000Z';
    const { changeId } = await disable(holders, { ...asked, authorship: { ...asked.authorship, at } });
    const outcome = outcomeOf(await activate(holders, 5, { ...request('ana'), dryRun }), dryRun);
    expect(outcomeLines(outcome, WALL, 'Postgres at db.local/atmr')).toContainEqual(
      expect.stringMatching(/^ends the forced off by zoé at .*10:44 \(erreur 30 %\)$/),
    );
    const { endedMarks } = outcomeDocument(outcome);
    expect(endedMarks).toMatchObject([{ id: changeId, by: 'zoé', at, reason: 'erreur 30 %', host: 'host' }]);
  });
});

describe('the tally of the readers', () => {
  const change: Change = {
    ...{
      kind: 'activate',
      changed: true,
      changeId: 'c',
      before: null,
      after: null,
      named: [],
      endedMarks: [],
    },
    ...{ mark: null, confirmedIn: ['sqlite'], incomplete: null, warnings: [] },
  };
  it.each([
    [3, 3, 412, '3/3 confirmed in 0.4 s.'],
    [1, 1, 30, '1/1 confirmed in 0.0 s.'],
    [3, 2, null, '2/3 confirmed.'],
  ])('%i waited for, %i confirmed', (counted, confirmedBy, confirmedAfterMs, line) => {
    const told: Confirmation = { ...confirmation, counted, confirmedBy, confirmedAfterMs };
    const outcome: Outcome = { change, confirmation: told, dryRun: false };
    expect(outcomeLines(outcome, WALL, 'Postgres at db.local/atmr')).toContain(line);
    expect(outcomeDocument(outcome)).toMatchObject({ counted, confirmedBy, confirmedAfterMs });
  });
});

it('says that the reason of a change that changes nothing is not recorded', () => {
  const change: Change = {
    ...{
      kind: 'activate',
      changed: false,
      changeId: null,
      before: null,
      after: null,
      named: [],
      endedMarks: [],
    },
    ...{ mark: null, confirmedIn: ['sqlite'], incomplete: null, warnings: [] },
  };
  const [headline] = outcomeLines(outcomeOf(change, false), WALL, 'here');
  expect(headline).toMatch(/^Nothing to change, and so no reason was recorded: flag/);
});

it('the headline names the stores', () => {
  const change: Change = {
    ...{
      kind: 'activate',
      changed: true,
      changeId: 'c',
      before: null,
      after: null,
      named: [],
      endedMarks: [],
    },
    ...{ mark: null, confirmedIn: ['sqlite'], incomplete: null, warnings: [] },
  };
  const [headline] = outcomeLines(outcomeOf(change, false), WALL, 'Postgres at db.local/atmr');
  expect(headline).toMatch(/^Done in Postgres at db\.local\/atmr: flag/);
});
