import { describe, expect, it } from 'vitest';
import { acknowledge } from '../../src/guard/acknowledge.js';
import { openDayReader } from '../../src/guard/day-reader.js';
import { LOST_INSTANCE } from '../../src/guard/lost-instances.js';
import { survey } from '../../src/guard/survey.js';
import { type TickSources, tick } from '../../src/guard/tick.js';
import type { DayWindow } from '../../src/ledger/rollout-reads.js';
import { tapped } from '../fault/site.js';
import { type Stage, WAYS, withStage } from './stage.js';

const DAY_MS = 86_400_000;
const EMBEDDED = { postgres: null, redis: null };

describe('a survey on the embedded store', () => {
  it('does not read the days since 1970 where no flag was ever written', () =>
    withStage(EMBEDDED, async (stage) => {
      const guard = await stage.guard();
      const read: DayWindow[] = [];
      const dayFigures: typeof guard.ledger.dayFigures = (windows, version) => {
        read.push(...windows);
        return guard.ledger.dayFigures(windows, version);
      };
      const days = openDayReader({ dayFigures });
      const { assessment, telemetryFault } = await survey({ ...guard, days });
      expect(telemetryFault).toBeNull();
      expect(assessment).toMatchObject({ phase: 'not_started', decision: 'wait' });
      expect(read.length).toBeLessThan(10);
      for (const { fromMs } of read) expect(fromMs).toBeGreaterThan(Date.now() - 10 * DAY_MS);
    }));

  it('leaves acknowledged what was lost before the step began', () =>
    withStage(EMBEDDED, async (stage) => {
      await WAYS.collecting(stage);
      const guard = withLostServer(await stage.guard(), stage);
      await tick(guard);
      const [lost] = await guard.guardStore.episodes(0);
      expect(lost).toMatchObject({ rule: LOST_INSTANCE, acknowledgedMs: null });
      await acknowledge(guard.guardStore, null, 'ana', Date.now());
      await tick(guard);
      expect(await guard.guardStore.episodes(0)).toMatchObject([{ acknowledgedBy: 'ana' }]);
      const { sighting } = await survey(guard);
      expect(sighting?.evidence.crashes).toBeNull();
    }));
});

/** The same guard, whose store tells of a server that was last seen two minutes ago. */
function withLostServer(guard: TickSources, { machine }: Stage): TickSources {
  const report = {
    ...{ instance: 'host-1-ab', host: 'host-1', pid: 42, url: 'http://10.0.0.5:5000', model: null },
    ...{ revision: 0, changeId: null, off: [], at: new Date().toISOString() },
  };
  const instances = async () => [{ report, seenAgoMs: 120_000 }];
  return { ...guard, holders: tapped(machine.holders, { record: { instances } }) };
}
