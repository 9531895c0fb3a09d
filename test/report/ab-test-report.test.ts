import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runBinary } from '../run-binary.js';

let folder: string;
let browser: Browser;
const page = () => join(folder, 'replay.html');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'atmr-ml-report-'));
  const markdown = join(folder, 'replay.md');
  const [{ exitCode, stderr }, started] = await Promise.all([
    runBinary(['ab-test', '--limit', '400', '--report', page(), '--report', markdown, '--verbose']),
    chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] }),
  ]);
  browser = started;
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/^took \d.*scoring .*reading .*statistics .*report \d/);
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** The report in a browser, and all that it complained of or asked for. */
async function open(width: number, colorScheme: 'light' | 'dark') {
  const tab = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
  const complaints: string[] = [];
  tab.on('console', (message) => complaints.push(message.text()));
  tab.on('pageerror', (error) => complaints.push(error.message));
  tab.on('request', (request) => {
    if (!request.url().startsWith('file:')) complaints.push(request.url());
  });
  await tab.goto(`file://${page()}`);
  return { tab, complaints };
}

describe('the report of a replay', () => {
  // What fits does not depend on the colours, nor their contrast on the width.
  it.each([
    [360, 'dark'],
    [1280, 'light'],
  ] as const)('%i px wide, %s: fits, is quiet and accessible', async (width, scheme) => {
    const { tab, complaints } = await open(width, scheme);
    expect(await tab.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    await tab.evaluate('document.querySelectorAll("details").forEach((one) => (one.open = true))');
    expect(await tab.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    await tab.evaluate(axe.source);
    const found = (await tab.evaluate('axe.run()')) as {
      violations: { id: string; impact: string; nodes: { html: string }[] }[];
    };
    const grave = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(grave.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    expect(complaints).toEqual([]);
    await tab.close();
  });

  it('tells every figure in words and numbers, and warns of simulated bookings', async () => {
    const { tab } = await open(1280, 'light');
    const figures = (await tab.evaluate(`[...document.querySelectorAll('figure')].map((figure) => ({
      title: figure.querySelector('svg > title').textContent,
      described: figure.querySelector('svg > desc').textContent.length > 40,
      rows: figure.querySelectorAll('details tbody tr').length,
    }))`)) as { title: string; described: boolean; rows: number }[];
    expect(figures.map(({ title }) => title)).toEqual([
      'Errors',
      'Paired differences',
      'Predicted and actual delay',
      'Difference by day',
      'Improvement by segment',
    ]);
    for (const { described, rows } of figures) expect([described, rows > 5]).toEqual([true, true]);
    const text = (await tab.evaluate('document.body.innerText')) as string;
    expect(text).toMatch(/^Bookings and model are simulated: this says nothing about your rides\./);
    expect(text).toContain('The model is better');
    expect(text).toMatch(/Seed\s+1\b/);
    expect(text).not.toMatch(/NaN|Infinity|undefined|null/);
    await tab.close();
  });

  it('prints black on white, without what cannot be unfolded on paper', async () => {
    const { tab } = await open(800, 'dark');
    await tab.emulateMedia({ media: 'print' });
    expect(await tab.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await tab.evaluate('getComputedStyle(document.querySelector("details")).display')).toBe('none');
    await tab.close();
  });

  it('needs nothing beside itself', () => {
    const text = readFileSync(page(), 'utf8');
    expect(text).not.toMatch(/<script|<link|<img|src=|url\(|https?:/);
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
    expect(text.length).toBeLessThan(150_000);
  });

  it('for a pull request says the same in Markdown', () => {
    const text = readFileSync(join(folder, 'replay.md'), 'utf8');
    expect(text).toMatch(/^## ✅ BETTER: 400 bookings, model against heuristic\n/);
    expect(text).toMatch(/^\| improvement\\_target \|/m);
    expect(text).toMatch(/^\| hour \| 06–09 \|/m);
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe('the files of --report', () => {
  it('are not there when the replay fails', async () => {
    const source = join(folder, 'empty.csv');
    writeFileSync(source, '');
    const before = readdirSync(folder);
    const { exitCode } = await runBinary([
      'ab-test',
      '--source',
      source,
      '--report',
      join(folder, 'none.html'),
    ]);
    expect(exitCode).toBe(2);
    expect(readdirSync(folder)).toEqual(before);
  });

  it.each([
    ['another ending', ['--report', 'replay.pdf'], /--report is "replay\.pdf"; expected .*\.html or \.md/],
    ['no such folder', ['--report', '/nowhere/replay.html'], /replay\.html cannot be written/],
    ['twice the same', ['--report', 'a.md', '--report', './a.md'], /a\.md is given twice/],
    ['a margin of nothing', ['--margin', '0'], /--margin is "0"; expected percent/],
    ['a margin and a least gain', ['--margin', '5', '--min-improvement', '5'], /exclude each other/],
    ['another cluster', ['--by', 'hour'], /--by is "hour"; expected day or driver/],
    [
      'another model that is none',
      ['--against', 'model.txt'],
      /--against is "model\.txt"; expected .*\.onnx/,
    ],
  ])('%s is refused', async (_, flags, message) => {
    const { exitCode, stdout, stderr } = await runBinary(['ab-test', ...flags], { cwd: folder });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

describe('a model against itself', () => {
  it('is no worse than by a margin, though nobody can say better', async () => {
    const flags = ['--against', 'models/delay_predictor.onnx', '--limit', '100'];
    const { exitCode, stdout } = await runBinary(['ab-test', ...flags]);
    expect(exitCode).toBe(7);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'undecided',
      arms: { heuristic: null, against: { mae: expect.any(Number) } },
      against: { name: 'delay_predictor' },
    });
  });
});
