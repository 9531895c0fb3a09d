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
  const tell = (what: string) =>
    process.stderr.write(`${what}: ${((performance.now() - startMs) / 1000).toFixed(1)} s after the fault\n`);

  it('1: predictions fail → off by itself, everybody answered → causes → mended → 5 % → 10 %', async () => {
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
    expect([0, 3, 7]).toContain(
      (await site.json('analyze-errors', '--source', 'ledger', '--since', '24h')).exitCode,
    );
    expect((await site.json('rollout', 'advance', '--yes')).exitCode).toBe(3);

    mend();
    startMs = performance.now();
    const again = await site.json('rollout', 'start', '--yes', '--reason', 'the runtime was stuck');
    expect(again).toMatchObject({ exitCode: 0, document: { after: { percentage: 5 } } });
    site.asking(3);
    await until('the evidence is there, and 10 % is next', async () => {
      const { traffic, decision } = await status();
      // With nobody to ask, the guard takes the step itself.
      return traffic === 10 || decision === 'rollback';
    });
    tell('scenario 1, from 5 % to 10 %, after it was mended');
    expect(await status()).toMatchObject({ traffic: 10, step: 1 });
  });

  it('2: predictions are slow → halved by itself → figures → causes → raised again', {
    timeout: 300_000,
  }, async () => {
    await site.slowElsewhere(300, 2600);
    await until('it is halved', async () => (await status()).traffic === 25);
    tell('scenario 2, halved');
    expect(await status()).toMatchObject({ traffic: 25, percentage: 50 });
    const metrics = await site.get('/api/ml-monitoring/metrics?hours=1');
    expect(metrics.prediction_time_ms.p95).toBeGreaterThan(2000);
    expect([0, 3]).toContain((await site.run('doctor', '--json')).exitCode);
    expect((await site.run('weather-check')).exitCode).toBe(0);
    site.asking(1);
    // Raised before the slow ones are five minutes old, it would be halved again.
    const slow = async () =>
      (await status()).findings.some(({ rule }: { rule: string }) => rule === 'prediction_time');
    await until('nothing is slow any more', async () => !(await slow()), 150_000);
    const raised = await site.json('rollout', 'resume', '--yes', '--reason', 'the database index is back');
    expect(raised).toMatchObject({ exitCode: 0, document: { after: { percentage: 50 } } });
    tell('scenario 2, raised again');
    expect(await status()).toMatchObject({ traffic: 50 });
  });

  it('3: no weather → the neutral value, seen, drilled, and over by itself; the traffic stays', async () => {
    await until('the weather is live', () =>
      site.answers.some(({ weather }) => weather?.is_default === false),
    );
    site.weather.answers('reset');
    startMs = performance.now();
    // What is kept of the old place would stand in for up to an hour.
    site.pickingUpAt({ lat: 46.6, lon: 6.6 });
    const from = site.answers.length + 5;
    await until('answers do without', () => {
      const later = site.answers.slice(from);
      return later.length > 5 && later.slice(-5).every(({ weather }) => weather?.reason === 'unreachable');
    });
    tell('scenario 3, neutral');
    const drill = await site.json('weather-check', '--drill');
    expect(drill).toMatchObject({ exitCode: 0, document: { is_default: true } });
    expect(drill.document.factor).toBe(0.5);
    expect((await site.run('weather-check')).exitCode).toBe(4);
    expect(new Set(site.answers.map((one) => one.status))).toEqual(new Set([201]));
    expect(await status()).toMatchObject({ traffic: 50 });
    site.weather.answers({ status: 200, file: 'rain' });
    await until('it is back', async () => (await site.run('weather-check')).exitCode === 0);
    tell('scenario 3, back');
  });
});
