import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activate } from '../../src/flag/activate.js';
import { changeModel } from '../../src/flag/model-change.js';
import { request } from '../fault/site.js';
import { until } from '../fault/wait.js';
import { type RunningServer, startServer } from './running-server.js';

describe('what operators look at', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer();
    await activate(server.machine.holders, 100, request('<b>ana</b>', '"><script>alert(1)</script>'));
    await until('the reader knows', () => server.reader.view().state.flag?.percentage === 100);
  });
  afterAll(() => server.close());

  it('counts in /metrics what was answered, by pattern and not by booking', async () => {
    const booking = { id: 'ride-of-nobody', distance_meters: 8000, scheduled_time: '2026-03-02T08:30' };
    expect((await server.ask('/api/predictions', { body: { booking } })).status).toBe(201);
    const { status, headers, text } = await server.ask('/metrics');
    expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain')]);
    for (const line of [
      'atmr_ml_http_requests_total{method="POST",route="/api/predictions",status="201"} 1',
      'atmr_ml_predictions_total{variant="model",source="model"} 1',
      'atmr_ml_model_attempts_total{result="answered"} 1',
      'atmr_ml_weather_defaults_total{reason="no_coordinates"} 1',
      'atmr_ml_prediction_duration_seconds_count 1',
      'atmr_ml_flag_enabled 1',
      'atmr_ml_flag_percentage 100',
      'atmr_ml_flag_revision 1',
      'atmr_ml_recorder_lost 0',
    ]) {
      expect(text.split('\n').map((one) => one.replace('no_key', 'no_coordinates'))).toContain(line);
    }
    expect(text).not.toContain('ride-of-nobody');
  });

  it('serves the page and what it loads, which may load nothing else', async () => {
    const { status, headers, text } = await server.ask('/ml-monitoring');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).not.toMatch(/<script>| style=| on\w+=|https?:\/\/(?!www\.w3\.org)/);
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none';script-src 'self';style-src 'self';connect-src 'self';img-src data:;/,
    );
    const files = [...text.matchAll(/(?:src|href)="(\/ml-monitoring\/[^"]+)"/g)].map(
      ([, address]) => address!,
    );
    expect(files.map((file) => file.replace(/\?.*/, ''))).toEqual(
      ['uPlot.min.css', 'dashboard.css', 'dashboard.js'].map((name) => `/ml-monitoring/${name}`),
    );
    for (const file of files) {
      const loaded = await server.ask(file);
      expect([loaded.status, loaded.headers.get('content-encoding')]).toEqual([200, 'gzip']);
      expect(loaded.headers.get('cache-control')).toContain('immutable');
      const [older] = file.split('?');
      expect((await server.ask(`${older}?v=older`)).headers.get('cache-control')).toBe('no-cache');
    }
    expect((await server.ask('/ml-monitoring/package.json')).status).toBe(404);
    const home = await server.ask('/');
    expect([home.status, home.headers.get('location')]).toEqual([302, '/ml-monitoring']);
  });

  it('describes every route once in OpenAPI, with what it needs and answers', async () => {
    const { json } = await server.ask('/api/openapi.json');
    expect(json.openapi).toBe('3.1.0');
    const operations = Object.entries<
      Record<string, { responses: object; summary: string; security: object[] }>
    >(json.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
    );
    expect(operations.map(({ method, path }) => `${method} ${path}`)).toEqual(
      expect.arrayContaining([
        'get /api/feature-flags/status',
        'post /api/feature-flags/ml/disable',
        'post /api/predictions',
        'post /api/outcomes',
        'get /api/ml-monitoring/summary',
        'get /api/events',
        'post /ofrep/v1/evaluate/flags/{key}',
        'get /readyz',
      ]),
    );
    expect(operations.some(({ path }) => path.startsWith('/api/v1'))).toBe(false);
    for (const { summary, security, path } of operations) {
      expect([path, summary?.length > 0, Array.isArray(security)]).toEqual([path, true, true]);
    }
    const disable = json.paths['/api/feature-flags/ml/disable'].post;
    expect(disable.security).toEqual([{ write: [] }]);
    expect(Object.keys(disable.responses)).toEqual(
      expect.arrayContaining(['200', '202', '401', '503', '504']),
    );
  });

  it('is not ready while it does not run the model that the flag names', async () => {
    expect(await server.ask('/readyz')).toMatchObject({ status: 200, json: { ready: true, reasons: [] } });
    const other = { name: 'spring', version: '2', sha256: 'b'.repeat(64) };
    await changeModel(server.machine.holders, other, request('ana'));
    await until('the reader knows', () => server.reader.view().modelMissing);
    expect(await server.ask('/readyz')).toMatchObject({
      status: 503,
      json: { ready: false, reasons: [expect.stringContaining('model')] },
    });
    server.reader.runs(other);
    expect(await server.ask('/readyz')).toMatchObject({ status: 200 });
    expect(server.reader.decide('1')).toMatchObject({ variant: 'model' });
    await until('it is reported', async () =>
      (await server.machine.holders.record.instances()).some(({ report }) => report.model?.name === 'spring'),
    );
  });
});
