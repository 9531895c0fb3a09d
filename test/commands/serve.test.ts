import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../fault/wait.js';
import { ask } from '../http/running-server.js';
import { program } from './program.js';

describe('atmr-ml serve', () => {
  let running: Served | undefined;
  afterEach(() => running?.child.kill('SIGKILL'));

  it('serves the guide’s commands on both ports, follows the flag and its model, and ends on SIGTERM', async () => {
    const { folder, home, run } = program();
    const other = modelsIn(folder);
    const served = await startServe(folder, { ATMR_ML_HOME: home });
    running = served;
    const status = async () => (await ask(`${served.api}/api/feature-flags/status`)).json;
    expect(await status()).toMatchObject({ state: 'never written', stats: { total_requests: 0 } });
    for (const url of [served.api, served.dashboard]) {
      expect((await ask(`${url}/ml-monitoring`)).text).toContain('<!doctype html>');
      expect((await ask(`${url}/api/ml-monitoring/summary`)).json).toMatchObject({ total_predictions: 0 });
    }

    const activated = JSON.parse((await run('activate', '--percentage', '100', '--yes')).stdout);
    expect(activated).toMatchObject({ counted: 1, confirmedBy: 1, instances: [{ url: served.api }] });
    expect(await predict(served, 'ride-of-nobody-1')).toMatchObject({ source: 'model' });

    const used = await run('model', 'use', 'other', '--yes');
    expect(used.exitCode).toBe(0);
    await until('it runs the other model', async () => (await status()).instances[0].model.sha256 === other);
    expect(await predict(served, 'b-2')).toMatchObject({ source: 'model', model_version: 'other' });
    expect((await ask(`${served.api}/readyz`)).status).toBe(200);

    expect((await ask(`${served.api}/api/feature-flags/ml/disable`, { method: 'POST' })).status).toBe(200);
    expect(await predict(served, 'b-3')).toMatchObject({ source: 'heuristic', reason: 'FORCED_OFF' });

    served.child.kill('SIGTERM');
    expect(await served.ended).toBe(0);
    const after = JSON.parse((await run('status', '--json')).stdout);
    expect(after).toMatchObject({ state: 'forced off', instances: [], stats: { total_requests: 3 } });
    expect(after.stats).toMatchObject({
      ml_requests: 2,
      ml_successes: 2,
      ml_success_rate: 1,
      fallback_requests: 0,
    });
    const lines = served
      .stderr()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({ msg: expect.stringMatching(/^\[ML\] /) });
    expect(served.stderr()).not.toContain('ride-of-nobody-1');
  }, 60_000);

  it('writes the initial state of the environment once, and finishes what is under way before it ends', async () => {
    const { folder, home, run } = program();
    const variables = { ATMR_ML_HOME: home, ML_ENABLED: 'true', ML_TRAFFIC_PERCENTAGE: '10' };
    const served = await startServe(folder, variables);
    running = served;
    expect(JSON.parse((await run('status')).stdout)).toMatchObject({ state: 'on', flag: { percentage: 10 } });
    const body = JSON.stringify({
      booking: { id: 1, distance_meters: 5000, scheduled_time: '2026-03-02T08:30' },
    });
    const slow = slowPost(served, '/api/predictions', body);
    await slow.sendHalf();
    served.child.kill('SIGTERM');
    await until('it says so', () => served.stderr().includes('stopping'));
    await expect(ask(`${served.api}/healthz`)).rejects.toThrow();
    slow.sendRest();
    expect(await slow.answer).toMatch(/^HTTP\/1\.1 201 /);
    expect(await served.ended).toBe(0);
    expect(JSON.parse((await run('status')).stdout)).toMatchObject({ stats: { total_requests: 1 } });
  }, 60_000);

  it('ends at once on a second signal', async () => {
    const { folder, home } = program();
    const served = await startServe(folder, { ATMR_ML_HOME: home });
    running = served;
    const slow = slowPost(served, '/api/predictions', '{"booking":{}}');
    await slow.sendHalf();
    served.child.kill('SIGTERM');
    await until('it says so', () => served.stderr().includes('stopping'));
    served.child.kill('SIGTERM');
    expect(await served.ended).toBe(143);
    await slow.answer;
  }, 60_000);

  it('refuses, before it touches anything, a port that is taken, an open door without a token, and typos', async () => {
    const { run, folder, home } = program();
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const { port } = blocker.address() as AddressInfo;
    const taken = await run('serve', '--port', '0', '--dashboard-port', String(port), '--json');
    expect(taken.exitCode).toBe(2);
    expect(JSON.parse(lastLine(taken.stderr))).toEqual({
      error: `Port ${port} of 127.0.0.1 cannot be opened: another program uses it. Choose another with --dashboard-port or serve.dashboardPort in the configuration; 0 takes any free one.`,
      code: 'BAD_CONFIG',
    });
    blocker.close();
    const open = await run('serve', '--host', '0.0.0.0', '--port', '0');
    expect([open.exitCode, open.stderr]).toEqual([2, expect.stringMatching(/0\.0\.0\.0.*ATMR_ML_TOKEN/)]);
    const spaced = await program({ ATMR_ML_READ_TOKEN: 'two words' }).run('serve', '--port', '0');
    expect([spaced.exitCode, spaced.stderr]).toEqual([
      2,
      expect.stringMatching(/^error: ATMR_ML_READ_TOKEN holds a space/m),
    ]);
    expect(spaced.stderr).not.toContain('two words');
    const typo = await run('serve', '--port', '70000');
    expect([typo.exitCode, typo.stderr]).toEqual([2, expect.stringContaining('--port is "70000"')]);
    const brief = await run('serve', '--keep-days', '0');
    expect([brief.exitCode, brief.stderr]).toEqual([2, expect.stringContaining('--keep-days is "0"')]);
    expect(() => readFileSync(join(home, 'atmr-ml.db'))).toThrow();
    const bad = program({ ML_ENABLED: 'maybe' });
    const refused = await bad.run('serve', '--port', '0', '--dashboard-port', '0');
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining('ML_ENABLED is "maybe"')]);
    expect(folder).not.toBe(bad.folder);
  }, 60_000);

  it('with a token, listens for others, and says who may read', async () => {
    const { folder, home } = program();
    const variables = { ATMR_ML_HOME: home, ATMR_ML_TOKEN: 'a-token-that-is-long-enough' };
    const served = await startServe(folder, variables, '--host', '0.0.0.0');
    running = served;
    const { port } = new URL(served.api);
    const disable = `http://127.0.0.1:${port}/api/feature-flags/ml/disable`;
    expect((await ask(disable, { method: 'POST' })).status).toBe(401);
    expect((await ask(disable, { method: 'POST', token: variables.ATMR_ML_TOKEN })).status).toBe(200);
    expect(served.stderr()).toContain('ATMR_ML_READ_TOKEN');
    expect(served.stderr()).not.toContain(variables.ATMR_ML_TOKEN);
    served.child.kill('SIGINT');
    expect(await served.ended).toBe(0);
  }, 60_000);
});

interface Served {
  readonly child: ChildProcess;
  readonly api: string;
  readonly dashboard: string;
  stderr(): string;
  readonly ended: Promise<number | null>;
}

async function startServe(
  folder: string,
  variables: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Served> {
  const { PATH = '' } = process.env;
  const command = [join(process.cwd(), 'dist/atmr-ml.js'), 'serve', '--port', '0', '--dashboard-port', '0'];
  const child = spawn(process.execPath, [...command, ...args], { cwd: folder, env: { PATH, ...variables } });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (data) => (output.stdout += data));
  child.stderr.on('data', (data) => (output.stderr += data));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const failed = ended.then((code) => {
    if (!output.stdout.includes('\n')) throw new Error(`serve ended with ${code}: ${output.stderr}`);
  });
  await Promise.race([failed, until('it listens', () => output.stdout.includes('\n'), 30_000)]);
  const { api, dashboard } = JSON.parse(output.stdout);
  return { child, api, dashboard, stderr: () => output.stderr, ended };
}

/** The default model, and another: the same with a byte of documentation, which ONNX allows. Returns its hash. */
function modelsIn(folder: string): string {
  const models = join(folder, 'models');
  mkdirSync(models);
  writeFileSync(join(folder, 'atmr-ml.config.yaml'), `models: ${models}\n`);
  for (const file of ['delay_predictor.onnx', 'delay_predictor.json'])
    copyFileSync(`models/${file}`, join(models, file));
  const onnx = Buffer.concat([readFileSync('models/delay_predictor.onnx'), Buffer.from([0x32, 1, 0x78])]);
  const sha256 = createHash('sha256').update(onnx).digest('hex');
  const manifest = {
    ...JSON.parse(readFileSync('models/delay_predictor.json', 'utf8')),
    sha256,
    version: 'other',
  };
  writeFileSync(join(models, 'other.onnx'), onnx);
  writeFileSync(join(models, 'other.json'), JSON.stringify(manifest));
  return sha256;
}

async function predict({ api }: Served, id: string) {
  const booking = { id, distance_meters: 8000, duration_seconds: 900, scheduled_time: '2026-03-02T08:30' };
  return (await ask(`${api}/api/predictions`, { body: { booking } })).json;
}

/** A request whose body comes in two parts. */
function slowPost({ api }: Served, path: string, body: string) {
  const { port } = new URL(api);
  const socket = connect(Number(port), '127.0.0.1');
  let text = '';
  socket.on('data', (data) => (text += data));
  const answer = new Promise<string>((resolve) => {
    socket.on('close', () => resolve(text));
    socket.on('error', () => resolve(text));
  });
  const head = `POST ${path} HTTP/1.1\r\nHost: localhost\r\ncontent-type: application/json\r\n`;
  return {
    answer,
    async sendHalf() {
      socket.write(`${head}content-length: ${body.length}\r\nexpect: 100-continue\r\n\r\n`);
      // The server has begun with it once it asks for the rest.
      await until('it is under way', () => text.includes('100 Continue'));
      text = '';
      socket.write(body.slice(0, 5));
    },
    sendRest: () => socket.write(body.slice(5)),
  };
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
