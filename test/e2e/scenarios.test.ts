import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../fault/wait.js';
import { type Incident, startIncident } from './incident.js';

/** The rollback scenarios of the operations guide, from a healthy 50 % under load to the state that it promises. */
describe('when it burns', () => {
  let site: Incident;
  let startMs: number;
  beforeEach(async () => {
    site = await startIncident();
    expect(await status()).toMatchObject({ traffic: 50, phase: expect.stringMatching(/collecting|ready/) });
    startMs = performance.now();
  });
  afterEach(async () => await site?.close());

  const status = async () => (await site.json('rollout', 'status')).document;
  const modelShareSince = (from: number) => {
    const some = site.answers.slice(from);
    return some.filter(({ source }) => source === 'model').length / some.length;
  };
  const tell = (what: string, since = 'the fault') =>
    process.stderr.write(`${what}: ${((performance.now() - startMs) / 1000).toFixed(1)} s after ${since}\n`);

  it('1: predictions fail → off by itself, everybody answered → causes → mended → 5 % → 10 %', {
    timeout: 300_000,
  }, async () => {
    const before = site.answers.length;
    site.asking(12);
    const mend = site.breakModel();
    await until('it is rolled back', async () => (await status()).phase === 'rolled_back');
    tell('scenario 1, off');
    const off = site.answers.length;
    await until('answers go on', () => site.answers.length > off + 30);
    // Whoever asked, before and after, was answered; at last by the heuristic alone.
    expect(new Set(site.answers.slice(before).map((one) => one.status))).toEqual(new Set([201]));
    expect(new Set(site.answers.slice(off + 15).map(({ source }) => source))).toEqual(new Set(['heuristic']));

    const { document: history } = await site.json('history');
    expect(history[0]).toMatchObject({
      action: 'disable',
      by: 'guard',
      reason: expect.stringMatching(/^failure_rate: /),
    });
    expect(site.log()).toMatch(/"level":"ERROR".*\[ML\] the model failed/);
    expect([0, 3, 7]).toContain(
      (await site.json('analyze-errors', '--source', 'ledger', '--since', '24h')).exitCode,
    );
    expect((await site.json('rollout', 'advance', '--yes')).exitCode).toBe(3);

    mend();
    startMs = performance.now();
    // The process that predicts is started anew after a pause; with the traffic back before that, it would be taken away again.
    await until('the model is heard again', async () => {
      const { predictions } = await site.get('/api/ml-monitoring/predictions?limit=30');
      return predictions.every((one: { model_minutes: number | null }) => one.model_minutes !== null);
    });
    const again = await site.json('rollout', 'start', '--yes', '--reason', 'the runtime was stuck');
    expect(again).toMatchObject({ exitCode: 0, document: { after: { percentage: 5 } } });
    site.asking(3);
    // Beside all other tests on two cores it comes, but not always within a minute.
    // The guard notes that the step is ready, which is a change like any other: whoever advances beside it is told so.
    const isReady = async () => {
      const { decision, phase } = await status();
      return decision === 'advance' && phase === 'ready';
    };
    await until('the evidence is there', isReady, 150_000);
    const advanced = await site.json('rollout', 'advance', '--yes', '--reason', 'an hour without a failure');
    expect(advanced).toMatchObject({ exitCode: 0, document: { after: { percentage: 10 } } });
    tell('scenario 1, from 5 % to 10 %', 'it was mended');
    expect(await status()).toMatchObject({ traffic: 10, step: 1 });
  });

  it('2: predictions are slow → halved by itself → figures → causes → raised again', {
    timeout: 300_000,
  }, async () => {
    await site.slowElsewhere(300, 2600);
    await until('it is halved', async () => (await status()).traffic === 25);
    tell('scenario 2, halved');
    expect(await status()).toMatchObject({ phase: 'held', traffic: 25, percentage: 50 });
    const metrics = await site.get('/api/ml-monitoring/metrics?hours=1');
    expect(metrics.prediction_time_ms.p95).toBeGreaterThan(2000);
    const halved = site.answers.length;
    await until('enough were asked', () => site.answers.length > halved + 400);
    // Five standard deviations from a quarter, and from a half.
    expect(modelShareSince(halved)).toBeLessThan(0.37);
    expect([0, 3]).toContain((await site.run('doctor', '--json')).exitCode);
    expect((await site.run('weather-check')).exitCode).toBe(0);
    site.asking(1);
    // Raised while they still are the slowest 5 % of five minutes, it would be halved again.
    const slow = async () =>
      (await status()).findings.some(({ rule }: { rule: string }) => rule === 'prediction_time');
    await until('nothing is slow any more', async () => !(await slow()), 150_000);
    const raised = await site.json('rollout', 'resume', '--yes', '--reason', 'the database index is back');
    expect(raised).toMatchObject({ exitCode: 0, document: { after: { percentage: 50 } } });
    tell('scenario 2, raised again');
    expect(await status()).toMatchObject({ traffic: 50 });
  });

  it('2, by hand: halved, and given back; or a step back, and the way up is on evidence', async () => {
    const why = ['--yes', '--reason', 'slow since 9:40'];
    const halved = await site.json('activate', '--percentage', '25', ...why);
    expect(halved).toMatchObject({ exitCode: 0, document: { after: { percentage: 25 } } });
    tell('scenario 2, halved by hand and confirmed', 'the command');
    expect(await status()).toMatchObject({ phase: 'held', traffic: 25, percentage: 50 });
    const raised = await site.json('rollout', 'resume', ...why);
    expect(raised).toMatchObject({ exitCode: 0, document: { after: { percentage: 50 } } });

    expect((await site.json('rollout', 'rollback', '--to', '25', ...why)).exitCode).toBe(0);
    expect(await status()).toMatchObject({ phase: 'rolled_back', traffic: 25, step: 2 });
    const resumed = await site.json('rollout', 'resume', ...why);
    expect(resumed).toMatchObject({ exitCode: 0, document: { after: { percentage: 25 } } });

    expect((await site.json('rollout', 'rollback', ...why)).exitCode).toBe(0);
    // What is off comes back by a small step alone.
    expect((await site.run('rollout', 'resume', ...why)).exitCode).toBe(2);
    expect(await status()).toMatchObject({ phase: 'rolled_back', traffic: 0 });
  });

  it('3: no weather → the neutral value, seen, told, drilled, and over by itself; the traffic stays', {
    timeout: 300_000,
  }, async () => {
    await until('the weather is live', () =>
      site.answers.some(({ weather }) => weather?.is_default === false),
    );
    const { document: before } = await site.json('history');
    site.weather.answers('reset');
    startMs = performance.now();
    // What is kept of the old place would stand in for up to an hour; a place that failed is left alone for a minute.
    for (const [i, place] of PLACES.entries()) {
      site.pickingUpAt(place);
      // Those under way still come from the place before.
      const from = site.answers.length + 10;
      await until(`place ${i} does without`, () => {
        return site.answers.length > from + 5 && lastOnes(5).every(isNeutral);
      });
      if (i === 0) tell('scenario 3, neutral');
    }
    await until('it is told', () => /\[ML\] No weather from .*neutral factor 0\.5/.test(site.log()));
    tell('scenario 3, told');
    const drill = await site.json('weather-check', '--drill');
    expect(drill).toMatchObject({ exitCode: 0, document: { is_default: true, factor: 0.5 } });
    expect((await site.run('weather-check')).exitCode).toBe(4);
    const metrics = await site.get('/api/ml-monitoring/metrics?hours=1');
    expect(metrics.traffic.weather_default_rate).toBeGreaterThan(0);

    site.weather.answers({ status: 200, file: 'rain' });
    startMs = performance.now();
    // Nobody runs anything: `serve` asks again by itself.
    await until(
      'it is back',
      () => lastOnes(5).every(({ weather }) => weather?.is_default === false),
      120_000,
    );
    tell('scenario 3, back in the answers', 'the service came back');
    expect((await site.run('weather-check')).exitCode).toBe(0);
    expect(new Set(site.answers.map((one) => one.status))).toEqual(new Set([201]));
    expect(await status()).toMatchObject({ traffic: 50, phase: expect.stringMatching(/collecting|ready/) });
    expect((await site.json('history')).document).toEqual(before);
  });

  const lastOnes = (count: number) => site.answers.slice(-count);
});

const isNeutral = ({ weather }: Incident['answers'][number]) =>
  weather?.reason === 'unreachable' && weather.factor === 0.5;
const PLACES = [6.6, 6.7, 6.8].map((lon) => ({ lat: 46.6, lon }));
