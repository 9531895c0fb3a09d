import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import axe from 'axe-core';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LOGIN, type MailServer, startMailServer } from '../alerts/mail-server.js';
import { type Company, DAY_MS, openCompany } from '../e2e/weeks.js';
import { freePort } from '../servers/process.js';

/** Monday, 2 March 2026, 00:00 in Zurich. */
const MONDAY_MS = Date.UTC(2026, 2, 1, 23);
const HOUR_MS = 3_600_000;
/** Monday, 16 March, 06:07 in Zurich: when a crontab asks. */
const CRON_MS = MONDAY_MS + 14 * DAY_MS + 6 * HOUR_MS + 7 * 60_000;
const ENVELOPE = { period: { name: '2026-W11', finished: true, before: '2026-W10' } };

let company: Company;
let browser: Browser;
let out: string;
beforeAll(async () => {
  [company, browser] = await Promise.all([openCompany(), chromium.launch(CHROMIUM)]);
  const at = (day: number) => MONDAY_MS + day * DAY_MS + 9.5 * HOUR_MS;
  company.run(at(0), 'rollout', 'start', '--yes', '--reason', 'week 1 | `x` <script>alert(1)</script>');
  for (let day = 0; day < 14; day++) {
    await company.live(MONDAY_MS + day * DAY_MS, 60, {
      model: 1.6,
      heuristic: 2.8,
      failing: day === 10 ? 0.5 : 0,
    });
    if (day === 7)
      company.run(
        at(7.5),
        'rollout',
        'advance',
        '--force',
        '--yes',
        '--by',
        'bo',
        '--reason',
        'fair of the city',
      );
    if (day === 10) company.json(at(10), 'guard', '--once');
  }
  company.run(at(11), 'alerts', 'ack', '--by', 'zoe');
});
afterAll(async () => {
  await browser?.close();
  await company?.close();
});
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'atmr-ml-played-'));
  return () => rmSync(out, { recursive: true });
});

const CHROMIUM = { executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] };

/** The program on the company’s clock, which leaves this process free to take its mail. */
function report(env: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const at = new Date(CRON_MS).toISOString().slice(0, 19).replace('T', ' ');
  const program = ['faketime', '-f', `@${at}`, process.execPath, resolve('dist/atmr-ml.js')] as const;
  const [command, ...before] = program;
  const child = spawn(command, [...before, 'report', ...args], {
    cwd: company.folder,
    env: { ...company.env, ...env },
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (bytes) => (said.stdout += bytes));
  child.stderr.on('data', (bytes) => (said.stderr += bytes));
  return new Promise<{ exitCode: number | null; stdout: string; stderr: string }>((done) => {
    child.on('close', (exitCode) => done({ exitCode, ...said }));
  });
}

describe('the report of the last week', () => {
  it('in a pipe is one document, of the week that is over', async () => {
    const { exitCode, stdout, stderr } = await report({});
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const document = JSON.parse(stdout);
    expect(document).toMatchObject(ENVELOPE);
    expect(document.verdict).toMatchObject({ answer: 'better', shareAtEnd: 0, shareNow: 0, takenBack: 1 });
    expect(document.traffic.shares.map(({ percentage }: { percentage: number }) => percentage)).toEqual([
      10, 25, 0,
    ]);
    expect(document.evidence.period).toMatchObject({ days: 7, asked: expect.any(Number) });
    expect(document.evidence.sinceBaseline.settled).toBeGreaterThan(document.evidence.period.settled);
    expect(document.decisions.filter(({ forced }: { forced: boolean }) => forced)).toMatchObject([
      { by: 'bo', byGuard: false, event: 'advance', shareBefore: 10, shareAfter: 25 },
    ]);
    expect(document.decisions.at(-1)).toMatchObject({ byGuard: true, shareAfter: 0 });
    expect(
      document.incidents.known.find(({ rule }: { rule: string }) => rule === 'failure_rate'),
    ).toMatchObject({ action: 'roll_back', acknowledgedBy: 'zoe' });
    expect(document.roi.known).toMatchObject({ percentage: 100, percentageFrom: 'default' });
    expect(document.roi.known.measured.n).toBeGreaterThan(300);
    expect(document.checklist.known.list).toBe('week-1');
    expect(document.next.decision).toBe('hold');
  });

  it('says the same in both languages, and nothing of a booking or a driver', async () => {
    const texts = await Promise.all(
      ['en', 'fr'].map(async (lang) => (await report({}, '--format', 'md', '--lang', lang)).stdout),
    );
    expect(texts[0]).toMatch(/^# Weekly report 2026-W11\n\n\*\*The model is better: \d+\.\d % less error/);
    expect(texts[1]).toMatch(
      /^# Rapport hebdomadaire 2026-W11\n\n\*\*Le modèle est meilleur : \d+,\d.% d’erreur/,
    );
    for (const text of texts) {
      expect(text).not.toMatch(/booking-\d|d-\d+\b|NaN|undefined|Infinity/);
      expect(text).toContain('fair of the city');
    }
    expect(texts[0]).toContain('| FORCED past gates: fair of the city');
    expect(texts[1]).toContain('| le gardien |');
  });

  it('is in the language of the locale', async () => {
    const { stdout } = await report({ LANG: 'fr_CH.UTF-8' }, '--format', 'md');
    expect(stdout).toMatch(/^# Rapport hebdomadaire/);
  });

  it('holds the running month against the one before, and says that it is not over', async () => {
    const { stdout } = await report({}, '--month', 'this', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      period: { name: '2026-03', finished: false, before: '2026-02' },
    });
    const { stdout: text } = await report({}, '--month', 'this', '--format', 'md');
    expect(text).toContain('Not finished: what is told is of what there was at 16 March 2026 at 06:07.');
    expect(text).toContain('| Over-allocation spared | measured |');
    expect(text).toContain('week 1 \\| \\`x\\` \\<script>alert(1)\\</script>');
  });
});

describe('the files', () => {
  it('are written by their ending, and stdout is left alone', async () => {
    const files = ['week.html', 'week.md', 'week.json'].map((name) => join(out, name));
    const { exitCode, stdout, stderr } = await report({}, ...files.flatMap((file) => ['--out', file]));
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    const [page = '', markdown = '', json = ''] = files.map((file) => readFileSync(file, 'utf8'));
    expect(page).not.toMatch(/<script|<link|<img|src=|url\(|https?:/);
    expect(markdown).toMatch(/^# Weekly report 2026-W11/);
    expect(JSON.parse(json)).toMatchObject(ENVELOPE);
  });

  it.each([
    ['another ending', ['--out', 'week.pdf'], /--out is "week\.pdf"; expected .*\.md or \.html or \.json/],
    ['no such folder', ['--out', '/nowhere/week.md'], /week\.md cannot be written/],
    ['both periods', ['--week', '--month'], /--week and --month exclude each other/],
    ['no week', ['--week', '2026-12'], /--week is "2026-12"; expected a week such as 2026-W12/],
    ['no language', ['--lang', 'de'], /--lang is "de"; expected en or fr/],
    ['no address', ['--mail', ''], /--mail is empty/],
    ['no server', ['--mail'], /SMTP_URL is not set.*--out/],
  ])('%s is refused, and nothing is written', async (_, flags, message) => {
    const { exitCode, stdout, stderr } = await report({}, ...flags, '--out', join(out, 'other.md'));
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(readdirSync(out)).toEqual([]);
  });

  it('are no inputs', async () => {
    const inputs = join(out, 'roi.json');
    writeFileSync(inputs, '{"volume": {"bookingsPerMonth": 1}}');
    const { exitCode, stderr } = await report({}, '--inputs', inputs, '--out', inputs);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('would overwrite')]);
  });
});

describe('where nothing is recorded', () => {
  it.each([
    ['before the first booking', '2026-W05', 'Nothing is recorded of 2026-W05'],
    ['in the future', '2027-W01', '2027-W01 has not begun yet'],
  ])('%s: exit 7, no file and no mail', async (_, week, fact) => {
    const file = join(out, 'none.html');
    const { exitCode, stdout, stderr } = await report({}, '--week', week, '--out', file);
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 7, stdout: '', stderr: `${fact}.\n` });
    expect(readdirSync(out)).toEqual([]);
    const { stdout: json } = await report({}, '--week', week, '--json');
    expect(JSON.parse(json)).toEqual({ period: week, nothing: fact });
  });

  it('an empty system has nothing to report', async () => {
    const { exitCode, stderr } = await report({ ATMR_ML_HOME: out, LANG: 'en' });
    expect(exitCode).toBe(7);
    expect(stderr).toBe('');
  });

  it('a database that is away is no empty week', async () => {
    const file = join(out, 'away.html');
    const databaseUrl = `postgresql://ana:secret-of-ana@127.0.0.1:${await freePort()}/atmr`;
    const { exitCode, stdout, stderr } = await report({ DATABASE_URL: databaseUrl }, '--out', file);
    expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' });
    expect(stderr).not.toContain('secret-of-ana');
    expect(readdirSync(out)).toEqual([]);
  });
});

describe('the e-mail', () => {
  let server: MailServer;
  beforeEach(async () => {
    server = await startMailServer();
    return () => server.close();
  });
  const to = (port: number) => ({ SMTP_URL: `smtp://127.0.0.1:${port}`, ALERT_EMAIL_TO: 'ana@example.com' });

  it('has the page, the same as text, and the page as a file', async () => {
    const { exitCode, stdout, stderr } = await report(to(server.port), '--week', '--lang', 'fr', '--mail');
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    const [{ mail, to: readers }] = server.taken as [(typeof server.taken)[number]];
    expect(readers).toEqual(['ana@example.com']);
    expect(mail.subject).toMatch(
      /^Rapport hebdomadaire 2026-W11 – Le modèle est meilleur : .* \(ml-delay-prediction\)$/,
    );
    expect(mail.text).toContain('## Preuves');
    expect(mail.html).toContain('<html lang="fr">');
    const [file] = mail.attachments;
    expect(file).toMatchObject({ filename: 'ml-delay-prediction-2026-W11.html', contentType: 'text/html' });
    expect(file?.content.toString('utf8')).toContain('Rapport hebdomadaire');
  });

  it('goes to whoever is named instead', async () => {
    const { exitCode } = await report(
      to(server.port),
      '--mail',
      'Direction <dir@example.com>, bo@example.com',
    );
    expect([exitCode, server.taken[0]?.to]).toEqual([0, ['dir@example.com', 'bo@example.com']]);
  });

  it.each([
    ['no server there', {}, /cannot be reached: ECONNREFUSED/],
    ['a reader refused', { recipients: { 'ana@example.com': 550 } }, /refuses the recipients \(550\)/],
    ['the text refused', { data: 451 }, /answered 451/],
  ])('%s: exit 4 and no secret', async (name, refuses, message) => {
    Object.assign(server.refuses, refuses);
    const port = name === 'no server there' ? await freePort() : server.port;
    const login = `${encodeURIComponent(LOGIN.user)}:${encodeURIComponent(LOGIN.pass)}@`;
    const url = { SMTP_URL: `smtp://${name === 'no server there' ? login : ''}127.0.0.1:${port}` };
    const { exitCode, stdout, stderr } = await report({ ...to(port), ...url }, '--mail');
    expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/secret/);
  });
});

describe('the page', () => {
  let page: string;
  beforeEach(async () => {
    page = join(out, 'week.html');
    await report({}, '--month', 'this', '--out', page);
  });

  it.each([
    [360, 'dark'],
    [1280, 'light'],
  ] as const)('%i px wide, %s: fits, is quiet and accessible', async (width, colorScheme) => {
    const tab = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    const complaints: string[] = [];
    tab.on('console', (message) => complaints.push(message.text()));
    tab.on('pageerror', (error) => complaints.push(error.message));
    await tab.goto(`file://${page}`);
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

  it('prints on pages of A4 in light colours, and breaks no table that fits on one', async () => {
    const tab = await browser.newPage({ colorScheme: 'dark' });
    await tab.goto(`file://${page}`);
    const pdf = (await tab.pdf({ preferCSSPageSize: true })).toString('latin1');
    const boxes = [...pdf.matchAll(/\/Type \/Page\b[\s\S]*?\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
    expect(boxes.length).toBeGreaterThan(1);
    expect(boxes.length).toBeLessThan(10);
    // In points of a 72nd of an inch.
    for (const [, width, height] of boxes) {
      expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842]);
    }
    expect(pdf).toContain('/Title (Monthly report 2026-03: The model is better');
    await tab.emulateMedia({ media: 'print' });
    const style = (selector: string, property: string) =>
      tab.evaluate(`getComputedStyle(document.querySelector('${selector}')).${property}`);
    expect(await style('body', 'backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await style('.tabled', 'breakInside')).toBe('avoid');
    expect(await style('.plot', 'breakInside')).toBe('avoid');
    expect(await style('details', 'display')).toBe('none');
    const text = (await tab.evaluate('document.body.innerText')) as string;
    expect(text).toContain('Mean absolute error by day');
    expect(text).toContain('week 1 | `x` <script>alert(1)</script>');
    await tab.close();
  });
});
