import { describe, expect, it } from 'vitest';
import { guideRoi } from '../../src/roi/guide.js';
import { DEFAULT_INPUTS } from '../../src/roi/inputs.js';
import { breakEvenShare, laterYearRoi, paybackWeeks, roiAt } from '../../src/roi/return.js';
import { sensitivity } from '../../src/roi/sensitivity.js';

const FIGURES = {
  ...DEFAULT_INPUTS.fixed,
  minutesSaved: 2.75,
  anticipatedShare: 0.3,
  churnPoints: 2.5,
  reassignmentsPerDay: 12.5,
};

describe('the guide', () => {
  const guide = guideRoi();

  it('is reproduced as it was published', () => {
    expect(guide).toMatchObject({ costsChf: 12_260, publishedChf: 418_125 });
    expect(Math.round(guide.publishedRoi * 100)).toBe(3310);
    expect(guide.steps.map(({ percentage, roi }) => [percentage, Math.round(roi * 100)])).toEqual([
      [10, 241],
      [25, 753],
      [50, 1605],
      [100, 3310],
    ]);
  });

  it('has two lines and a payback that do not follow', () => {
    expect(guide.lines.filter(({ follows }) => !follows).map(({ name }) => name)).toEqual([
      'over_allocation',
      'satisfaction',
    ]);
    expect(guide.lines[0]!.recomputedChf / 12).toBeCloseTo(8593.75, 9);
    expect(guide.recomputedChf).toBeCloseTo(485_625, 6);
    expect(Math.round(guide.recomputedRoi * 100)).toBe(3861);
    expect(guide.payback).toMatchObject({ publishedWeeks: 1, follows: false });
    expect(guide.payback.recomputedWeeks).toBeCloseTo(1.5, 1);
  });
});

describe('a return', () => {
  it('breaks even where it is zero', () => {
    const share = breakEvenShare(FIGURES);
    expect(roiAt(FIGURES, share! * 100)).toBeCloseTo(0, 12);
    expect(paybackWeeks(FIGURES, 50)).toBeCloseTo(2 * paybackWeeks(FIGURES, 100)!, 12);
  });

  it('is unknown where nothing is earned or spent', () => {
    const worse = { ...FIGURES, minutesSaved: -20 };
    expect([breakEvenShare(worse), paybackWeeks(worse, 100), paybackWeeks(FIGURES, 0)]).toEqual([
      null,
      null,
      null,
    ]);
    expect(roiAt(worse, 100)).toBeLessThan(-1);
    const free = { ...FIGURES, developmentHours: 0, infrastructureChf: 0 };
    const nothing = { ...free, retrainingChf: 0, monitoringChf: 0, improvementChf: 0 };
    expect([roiAt(nothing, 100), laterYearRoi(nothing, 100)]).toEqual([null, null]);
  });

  it('is moved by one figure at a time, the strongest first', () => {
    const swings = sensitivity(FIGURES, { minutesSaved: { low: 0, base: 2.75, high: 5.5 } }, 100);
    const saved = swings.find(({ figure }) => figure === 'minutesSaved')!;
    expect(saved.roiHigh! - saved.roiLow!).toBeCloseTo((2 * 103_125) / 12_260, 9);
    const widths = swings.map(({ roiLow, roiHigh }) => Math.abs(roiHigh! - roiLow!));
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
    const hours = swings.find(({ figure }) => figure === 'developmentHours');
    expect(hours).toMatchObject({
      low: 48,
      high: 72,
      roiLow: roiAt({ ...FIGURES, developmentHours: 48 }, 100),
    });
  });
});
