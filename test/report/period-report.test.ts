import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../src/flag/store.js';
import type { Episode } from '../../src/guard/guard-store.js';
import { periodReportMarkdown } from '../../src/render/period-report/markdown.js';
import { periodReportPage } from '../../src/render/period-report/page.js';
import { changesIn } from '../../src/report/changes.js';
import { figuresOf } from '../../src/report/figures.js';
import { incidentsIn } from '../../src/report/incidents.js';
import type { Decision, Incident } from '../../src/report/report.js';
import { showingIn } from '../../src/report/showing.js';
import { LANGUAGES } from '../../src/wording/language.js';
import { hostileText } from '../alerts/hostile-text.js';
import { days, rolloutBy, TIME_ZONE } from '../render/survey-by-hand.js';
import { MEASURED, reportBy, UNMEASURED } from './report-by-hand.js';

const ENGLISH = showingIn('en', TIME_ZONE);
const FRENCH = showingIn('fr', TIME_ZONE);
const NO_NUMBER = /NaN|Infinity|undefined|\bnull\b|\[object/;
const FROM_MS = Date.parse('2026-06-07T22:00:00Z');
const WEEK = { fromMs: FROM_MS, untilMs: FROM_MS + 7 * 86_400_000 };

/** A change as the history has it, hours after the week began. */
function entry(hours: number, share: number, changes: Partial<AuditEntry> = {}): AuditEntry {
  const at = new Date(FROM_MS + hours * 3_600_000).toISOString();
  const flag = (percentage: number) => ({
    ...{ key: 'f', enabled: percentage > 0, percentage, fallbackOnError: true, salt: 'f', changeId: 'c' },
    ...{ model: { name: 'm', version: '1', sha256: 'ab' }, revision: 1, updatedAt: at, updatedBy: 'ana' },
    ...{ reason: '', action: 'rollout' as const, rollout: rolloutBy({ event: 'advance' }) },
  });
  return {
    ...{ revision: 1, changeId: 'c', at, by: 'ana', action: 'rollout', reason: '', named: [], hash: 'h' },
    ...{ previousHash: null, before: null, after: flag(share) },
    ...changes,
  };
}

describe('the changes of a week', () => {
  const history = (...oldestFirst: AuditEntry[]) => {
    const chained = oldestFirst.map((one, i) => ({ ...one, before: oldestFirst[i - 1]?.after ?? null }));
    return changesIn(chained.toReversed(), WEEK, 'guard', (text) => text);
  };

  it('are those between its ends, with the share at its beginning and its end', () => {
    const { decisions, shares, shareAtEnd, takenBack } = history(
      ...[entry(-1, 10), entry(0, 25), entry(5, 25), entry(7, 0, { by: 'guard' }), entry(7 * 24, 50)],
    );
    expect(decisions.map(({ shareBefore, shareAfter }) => [shareBefore, shareAfter])).toEqual([
      [10, 25],
      [25, 25],
      [25, 0],
    ]);
    expect(decisions.map(({ byGuard }) => byGuard)).toEqual([false, false, true]);
    expect(shares.map(({ percentage }) => percentage)).toEqual([10, 25, 0]);
    expect([shareAtEnd, takenBack]).toEqual([0, 1]);
  });

  it('of a week without any are the share of before', () => {
    const { decisions, shares, shareAtEnd } = history(entry(-5, 10));
    expect([decisions, shares.map(({ percentage }) => percentage), shareAtEnd]).toEqual([[], [10], 10]);
    expect(history()).toMatchObject({ shareAtEnd: 0, last: null, modelSinceMs: null });
  });

  it('tell of gates that were passed over, and of no others', () => {
    const forced = (reason: string) => history(entry(1, 25, { reason })).decisions[0]!.forced;
    expect(forced('hurry (forced past not_enough_data, calendar)')).toBe(true);
    expect(forced('nobody was forced past anything')).toBe(false);
  });
});

describe('the figures', () => {
  it('are held against the guide’s targets where there are enough', () => {
    const answers = new Map(figuresOf(MEASURED, UNMEASURED).map(({ name, meets }) => [name, meets]));
    expect(Object.fromEntries(answers)).toEqual({
      ...{ mae: true, r2: true, accuracyRate: true, missRate: true, lateRecall: true, failureRate: true },
      ...{ predictionTime: true, weatherDefaultRate: true, uptime: true },
      ...{ intervalCoverage: null, fallbackRate: null },
    });
  });

  it('of nothing are not known, and meet nothing', () => {
    for (const { value, before, meets } of figuresOf(UNMEASURED, UNMEASURED)) {
      expect([value, before, meets]).toEqual([null, null, null]);
    }
  });
});

describe('the incidents', () => {
  const episode: Omit<Episode, 'beganMs' | 'endedMs'> = {
    ...{ id: 'e', rule: 'failure_rate', level: 'act', looks: 1, text: 'many', value: 0.4, threshold: 0.2 },
    ...{ action: 'roll_back', dryRun: false, actedMs: 0, acknowledgedMs: null, acknowledgedBy: null },
  };

  it.each([
    ['before it', -10, -5, false],
    ['into it', -10, 5, true],
    ['within it', 5, 6, true],
    ['out of it', 5, 500, true],
    ['and lasting', -10, null, true],
    ['after it', 169, 170, false],
  ])('%s', (_, began, ended, isTold) => {
    const at = (hours: number) => FROM_MS + hours * 3_600_000;
    const one = { ...episode, beganMs: at(began), endedMs: ended === null ? null : at(ended) };
    expect(incidentsIn([one], WEEK.fromMs, WEEK.untilMs, (text) => text)).toHaveLength(Number(isTold));
  });
});

describe.each(LANGUAGES)('in %s', (language) => {
  const showing = showingIn(language, TIME_ZONE);

  it.each([
    ['a model that is better', reportBy()],
    ['one that is worse', reportBy({ known: days(14, 3.2, 2) })],
    ['one that is neither', reportBy({ known: days(14, 2, 2.01) })],
    ['a system that was never asked', reportBy({ known: [], measured: UNMEASURED })],
  ])('%s is told of in words and numbers', (_, report) => {
    for (const text of [periodReportMarkdown(report, showing), periodReportPage(report, showing)]) {
      expect(text).not.toMatch(NO_NUMBER);
      for (const { heading } of [showing.words.happened, showing.words.evidence, showing.words.next]) {
        expect(text).toContain(heading);
      }
    }
  });

  it('what is away is said to be', () => {
    const away = { known: null, fault: 'Postgres at db:5432 did not answer' };
    const report = reportBy({
      changes: { incidents: away, messages: away, roi: away, checklist: away },
    });
    const text = periodReportMarkdown(report, showing);
    expect(text.split(showing.words.notKnown('Postgres at db:5432 did not answer'))).toHaveLength(5);
  });
});

describe('the headline', () => {
  const first = (report: Parameters<typeof periodReportMarkdown>[0], showing = ENGLISH) =>
    periodReportMarkdown(report, showing)
      .split('\n')
      .filter((line) => line.startsWith('**'))[0];

  it('says which is better, and by how much', () => {
    expect(first(reportBy())).toBe('**The model is better: 46.7 % less error than the heuristic**');
    expect(first(reportBy({ known: days(14, 3.2, 2) }))).toMatch(
      /^\*\*The model is worse: 60\.0 % more error/,
    );
    expect(first(reportBy(), FRENCH)).toBe(
      '**Le modèle est meilleur : 46,7\u00A0% d’erreur en moins que l’heuristique**',
    );
  });

  it('says nothing of the kind where nothing is proven', () => {
    expect(first(reportBy({ known: days(14, 2, 2.01) }))).toMatch(/Undecided/);
    expect(first(reportBy({ known: days(4, 1.6, 3) }))).toMatch(/Not enough data/);
  });

  it('does not judge by the easy rides', () => {
    const report = reportBy({ known: days(14, 1.6, 3, { asked: 200 }) });
    expect(first(report)).toMatch(/Not enough data/);
    expect(periodReportMarkdown(report, ENGLISH)).toContain(
      'Outcomes are known for 50 % of the bookings due',
    );
  });

  it('comes after what nobody may overlook', () => {
    const text = periodReportMarkdown(
      reportBy({ changes: { simulated: { bookings: true, model: true } } }),
      ENGLISH,
    );
    expect(text.indexOf('SIMULATED')).toBeGreaterThan(0);
    expect(text.indexOf('SIMULATED')).toBeLessThan(text.indexOf('The model is better'));
  });
});

describe('what people wrote', () => {
  const decision = (text: string): Decision => ({
    ...{ revision: 1, at: '2026-06-09T08:00:00.000Z', by: text, byGuard: false, action: 'rollout' },
    ...{ event: 'advance', shareBefore: 10, shareAfter: 25, forced: true, reason: text },
  });
  const incident = (text: string): Incident => ({
    ...{ rule: text, level: 'act', began: '2026-06-09T08:00:00.000Z', ended: null, text, value: null },
    ...{ threshold: null, action: 'hold', dryRun: false, acknowledgedBy: text },
    acknowledgedAt: '2026-06-09T09:00:00.000Z',
  });
  const reportOf = (text: string) =>
    reportBy({
      changes: {
        decisions: [decision(text)],
        incidents: { known: [incident(text)], fault: null },
        place: text,
      },
    });

  it('is no markup in Markdown, and no second row', () => {
    const text = 'a | b `c` <script>alert(1)</script> [x](javascript:y) **z**';
    const markdown = periodReportMarkdown(reportOf(text), ENGLISH);
    expect(markdown).toContain(
      'a \\| b \\`c\\` \\<script>alert(1)\\</script> \\[x\\](javascript:y) \\*\\*z\\*\\*',
    );
    const row = markdown.split('\n').find((line) => line.includes('FORCED'));
    expect(row?.match(/(?<!\\)\|/g)).toHaveLength(6);
  });

  it('whatever it is, makes no element and no row of its own', () => {
    const plain = periodReportPage(reportOf('x'), ENGLISH).match(/</g)?.length;
    fc.assert(
      fc.property(hostileText(), (text) => {
        const page = periodReportPage(reportOf(text), ENGLISH);
        expect(page.match(/</g)).toHaveLength(plain ?? 0);
      }),
      { numRuns: 50 },
    );
  });

  it('cannot end the text in the margin of the paper', () => {
    const report = reportBy();
    const page = periodReportPage(
      { ...report, period: { ...report.period, name: '"}</style><script>' as string } },
      ENGLISH,
    );
    expect(page).not.toContain('<script>');
    expect(page).toContain('content:"Weekly report \\22 \\7d \\3c \\2f style');
  });
});
