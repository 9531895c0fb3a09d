import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { DEFAULT_HEURISTIC } from '../../src/model/heuristic.js';
import { loadModel } from '../../src/model/load.js';
import { assess } from '../../src/replay/assess.js';
import { replay } from '../../src/replay/replay.js';
import { noiseFloor } from '../../src/simulator/noise-floor.js';
import { saveModel } from '../../src/training/save-model.js';
import { trainModel } from '../../src/training/train.js';
import { SETTINGS, simulated } from './history.js';

const folder = mkdtempSync(join(tmpdir(), 'unseen-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ALL = { window: { fromMs: null, untilMs: null }, limit: null, sample: null, seed: 1 };

describe.each([601, 602])('the history of seed %i, in which no setting was chosen', (seed) => {
  it('is learned nearly as well as it can be, and replayed as better than the heuristic', async () => {
    const rides = simulated(5000, seed);
    const bookings = rides.map(({ booking }) => booking);
    const trained = await trainModel(bookings, SETTINGS);
    const path = join(folder, `${seed}.onnx`);
    await saveModel(path, trained.onnx, trained.manifest);
    const model = await loadModel(path);
    const arms = { model, heuristic: DEFAULT_HEURISTIC, clock: systemClock };
    const result = assess(await replay([bookings], arms, ALL), model.manifest, 1);
    await model.close();

    const learnedUntil = Date.parse(model.manifest.data.trainedUntil!);
    const later = rides.filter(({ booking }) => booking.scheduled!.epochMs > learnedUntil);
    expect(result.n).toBe(later.length);
    expect(result.arms.model!.mae / noiseFloor(later).bestMae).toBeLessThan(1.08);
    expect(result.verdict).toBe('better');
    expect(result.improvement.upper).toBeLessThan(-0.25);
  });
});
