import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatsOf } from '../../src/wording/formats.js';
import { startMigratedPostgres } from '../fault/postgres.js';
import { runBinary } from '../run-binary.js';
import type { TestServer } from '../servers/process.js';
import { graveFindings, openPage, startBrowser } from './browser.js';
import { playFourWeeks } from './played-rollout.js';
import { type ServeProcess, startServe } from './serve-process.js';
import type { Company } from './weeks.js';

const TOKEN = 'write-token-of-the-dashboard-tests';
const ENGLISH = formatsOf('en', 'Europe/Zurich');
const MOST_BYTES = 150_000;

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

/** The answer of the API, as a program gets it. */
// biome-ignore lint/suspicious/noExplicitAny: documents of many shapes, looked into by the tests
async function api(url: string, path: string): Promise<any> {
  const response = await fetch(`${url}/api${path}`);
  expect(response.status).toBe(200);
  return await response.json();
}

const rowsOf = (page: Page, panel: string) => page.locator(`#${panel} tbody tr`);

/** Waits until the text is there: what arrives live arrives when it does. */
async function says(where: Locator, text: string | RegExp): Promise<void> {
  await where.filter({ hasText: text }).first().waitFor({ timeout: 30_000 });
}

describe('after four weeks', () => {
  let company: Company;
  let server: ServeProcess;
  let url: string;
  beforeAll(async () => {
    company = await playFourWeeks();
    const variables = { ATMR_ML_HOME: company.env.ATMR_ML_HOME!, ATMR_ML_TOKEN: TOKEN };
    server = await startServe(variables, ['--config', join(company.folder, 'atmr-ml.config.yaml')]);
    url = `${server.url}/ml-monitoring`;
    await askToday();
  });
  afterAll(async () => {
    await server?.stop();
    await company?.close();
  });

  /** Bookings of this hour, one of them with a name that is markup. */
  async function askToday() {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` };
    for (let i = 0; i < 40; i++) {
      const id = i === 39 ? '<img src=x onerror=alert(1)>' : `today-${i}`;
      const booking = { id, scheduled_time: '2099-03-02T08:30', distance_meters: 5000 + 100 * i };
      const body = JSON.stringify({ booking });
      const { status } = await fetch(`${server.url}/api/predictions`, { method: 'POST', headers, body });
      expect(status).toBe(201);
    }
  }

  it('every panel shows what the API says', async () => {
    const { page, complaints, close } = await openPage(browser, url);
    const [summary, rollout, history, roi, drift, anomalies] = await Promise.all([
      api(server.url, '/ml-monitoring/summary'),
      api(server.url, '/rollout/status'),
      api(server.url, '/history?limit=50'),
      api(server.url, '/roi'),
      api(server.url, '/ml-monitoring/drift'),
      api(server.url, '/ml-monitoring/anomalies?hours=168&limit=20'),
    ]);
    await says(page.locator('.verdict'), 'On: the model answers 100 % of the bookings');
    expect(await page.locator('.steps [aria-current="step"]').innerText()).toBe('100 %');
    expect(await page.locator('.steps li').allInnerTexts()).toHaveLength(rollout.steps);
    const week = summary.metrics_7d;
    for (const [figure, text] of [
      ['mae', ENGLISH.minutes(week.mae)],
      ['r2', ENGLISH.decimal(week.r2)],
      ['failureRate', ENGLISH.percent(week.traffic.failure_rate)],
      ['accuracyRate', ENGLISH.percent(week.accuracy_rate)],
      ['predictionTime', ENGLISH.milliseconds(week.prediction_time_ms.p95)],
      ['improvement', ENGLISH.signedPercent(week.improvement)],
      ['missRate', ENGLISH.percent(week.miss_rate)],
      ['lateRecall', ENGLISH.percent(week.late_recall)],
    ] as const) {
      expect(await page.locator(`[data-figure="${figure}"] .value`).innerText()).toBe(text);
    }
    await says(page.locator('#roi .value'), ENGLISH.wholePercent(roi.roi.base));
    await rowsOf(page, 'drift').first().waitFor();
    const counts = await Promise.all(
      ['gates', 'audit', 'anomalies', 'predictions', 'drift', 'instances'].map((panel) =>
        rowsOf(page, panel).count(),
      ),
    );
    expect(counts).toEqual([
      rollout.gates.length,
      history.changes.length,
      anomalies.anomalies.length,
      100,
      drift.columns.length,
      1,
    ]);
    expect(counts.every((count) => count > 0)).toBe(true);
    await says(page.locator('#weather'), 'no key: every booking goes without');
    await says(page.locator('#alerts'), 'the service was down too often');
    await says(page.locator('#alerts'), 'Contacts: Zoë Müller (on call)');
    await page.locator('[data-list="week-4"] summary').click();
    await says(page.locator('[data-list="week-4"] li'), 'checked by the tool: on at 100 %');
    expect(await page.locator('[data-list="week-4"] li').count()).toBe(7);
    for (const panel of ['arms', 'improvement']) {
      expect(await inkOf(page, panel)).toBeGreaterThan(500);
      await page.locator(`#${panel} summary`).click();
      expect(await rowsOf(page, panel).count()).toBeGreaterThan(20);
    }
    expect(complaints).toEqual([]);
    await close();
  });

  it('filters, sorts, and leads to a booking whose address can be passed on', async () => {
    const { page, complaints, close } = await openPage(browser, url);
    await rowsOf(page, 'predictions').first().waitFor();
    await page.getByLabel('Booking', { exact: true }).fill('today-1');
    await says(page.locator('#predictions [role="status"]'), '11 of 100');
    await page.getByLabel('Outcome').selectOption('far');
    await says(page.locator('#predictions'), 'None of the latest 100 fits.');
    await page.getByLabel('Outcome').selectOption('all');
    await page.getByLabel('Booking', { exact: true }).fill('');
    const predicted = page.getByRole('button', { name: 'Predicted' }).last();
    await predicted.click();
    await predicted.click();
    const cells = await page.locator('#predictions tbody td:nth-child(5)').allInnerTexts();
    const minutes = cells.map((cell) => Number(cell.replace('−', '-')));
    expect(minutes).toEqual(minutes.toSorted((a, b) => b - a));
    expect(await page.locator('#predictions th[aria-sort="descending"]').count()).toBe(1);
    await page.getByRole('link', { name: '<img src=x onerror=alert(1)>' }).click();
    await says(page.locator('#predictions h2'), 'Booking <img src=x onerror=alert(1)>');
    const address = page.url();
    const { page: other, close: closeOther } = await openPage(browser, address);
    await says(other.locator('#predictions h2'), 'Booking <img src=x onerror=alert(1)>');
    await says(other.locator('#predictions .facts'), 'Interval, 90 %');
    await closeOther();
    await page.getByRole('link', { name: 'Back to the list' }).click();
    await page.getByLabel('Booking', { exact: true }).fill('booking-1');
    await page.keyboard.press('Enter');
    await says(page.locator('#predictions h2'), 'Booking booking-1');
    await page.goto(`${url}#booking=nobody`);
    await says(page.locator('#predictions'), 'Nobody asked about booking nobody');
    expect(complaints).toEqual([]);
    await close();
  });

  it('asks for everything again after 30 s, and not while it is paused', async () => {
    const { page, close } = await blankPage();
    await page.clock.install();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(url);
    await rowsOf(page, 'predictions').first().waitFor();
    await page.waitForLoadState('domcontentloaded');
    await says(page.locator('#roi'), 'Gains');
    const paths = [...new Set(asked.filter((path) => path.startsWith('/api/') && path !== '/api/events'))];
    expect(paths.length).toBe(12);
    const before = asked.length;
    // What the guard finds meanwhile is asked about at once, but not this.
    const looks = () => asked.filter((path) => path.endsWith('/summary')).length;
    const first = looks();
    await page.clock.runFor(20_000);
    expect(looks()).toBe(first);
    await page.clock.runFor(11_000);
    await expect.poll(() => paths.filter((path) => asked.slice(before).includes(path))).toEqual(paths);
    await page.getByRole('button', { name: 'Pause' }).click();
    await says(page.locator('.banners'), 'Paused');
    const paused = looks();
    await page.clock.runFor(120_000);
    expect(looks()).toBe(paused);
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect.poll(looks).toBe(paused + 1);
    expect(await page.locator('.banners').innerText()).not.toContain('does not answer');
    await close();
  });

  it('shows a change of somebody else as it happens, while nothing is asked again by itself', async () => {
    const { page, close } = await openPage(browser, url);
    await says(page.locator('.freshness'), 'live');
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.evaluate(`new MutationObserver(() => {
      if (document.querySelector('.verdict').dataset.share === '37') window.seenAt ??= Date.now();
    }).observe(document.body, { subtree: true, attributes: true, childList: true })`);
    const { exitCode, stdout } = await runBinary(['activate', '--percentage', '37', '--yes', '--json'], {
      env: { ATMR_ML_HOME: company.env.ATMR_ML_HOME! },
      cwd: company.folder,
    });
    expect(exitCode).toBe(0);
    await says(page.locator('.verdict'), '37 %');
    await says(page.locator('#audit tbody tr').first(), '37 %');
    await says(page.locator('#now .facts'), 'on hold');
    const writtenMs = Date.parse(JSON.parse(stdout).after.updatedAt);
    const seenMs = Number(await page.evaluate('window.seenAt'));
    process.stderr.write(`dashboard: a change shows after ${seenMs - writtenMs} ms\n`);
    await runBinary(['rollout', 'resume', '--yes'], {
      env: { ATMR_ML_HOME: company.env.ATMR_ML_HOME! },
      cwd: company.folder,
    });
    await says(page.locator('.verdict'), '100 %');
    await close();
  });

  it('changes nothing without the token, or the word; and all of it by the keyboard with them', async () => {
    const { page, complaints, close } = await openPage(browser, url);
    const revisionOf = async () => (await api(server.url, '/feature-flags/status')).flag.revision;
    const before = await revisionOf();
    await page.getByRole('button', { name: 'Hold' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Put the rollout on hold' });
    await dialog.waitFor();
    const submit = dialog.getByRole('button', { name: 'Put the rollout on hold' });
    await page.keyboard.type('strike on Thursday');
    await page.keyboard.press('Tab');
    await page.keyboard.type('ana');
    await page.keyboard.press('Tab');
    await page.keyboard.type('a-wrong-one');
    await page.keyboard.press('Tab');
    await page.keyboard.type('hol');
    expect(await submit.isDisabled()).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.type('d');
    await page.keyboard.press('Enter');
    await says(dialog.getByRole('alert'), 'Nothing was done: The token is missing or wrong.');
    expect(await revisionOf()).toBe(before);
    expect(await graveFindings(page)).toEqual([]);
    await dialog.getByLabel('Token (ATMR_ML_TOKEN)').fill(TOKEN);
    await page.keyboard.press('Enter');
    await says(dialog, 'Done, and every live instance has it.');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await says(page.locator('#audit tbody tr').first(), 'strike on Thursday');
    const [{ by, reason }] = (await api(server.url, '/history?limit=1')).changes;
    expect([by, reason]).toEqual(['ana, api (write token)', 'strike on Thursday']);
    // A token is nobody's to find on this machine.
    expect(
      await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])'),
    ).not.toContain(TOKEN);
    expect(complaints).toEqual([]);
    await close();
  });

  it('says what is not known, and lets nobody look away while it is on its way', async () => {
    const { page, close } = await openPage(browser, url);
    let letGo = () => {};
    const held = new Promise<void>((go) => {
      letGo = go;
    });
    await page.route('**/api/feature-flags/ml/disable', async (route) => {
      await held;
      await route.abort('connectionreset');
    });
    await page.getByRole('button', { name: 'Disable' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Why (goes into the history)').fill('a drill');
    await dialog.getByLabel('Token (ATMR_ML_TOKEN)').fill(TOKEN);
    await dialog.getByLabel('Type “disable” to confirm').fill('disable');
    await page.keyboard.press('Enter');
    await says(dialog, 'Waiting for the instances');
    await page.keyboard.press('Escape');
    expect(await dialog.getByRole('button', { name: 'Cancel' }).isDisabled()).toBe(true);
    letGo();
    await says(dialog.getByRole('alert'), 'It is not known whether it was done.');
    const refused = { error: 'no store answers', code: 'UNAVAILABLE', forced_off_here: true };
    await page.route('**/api/feature-flags/ml/disable', (route) =>
      route.fulfill({ status: 503, json: refused }),
    );
    await dialog.getByLabel('Type “disable” to confirm').press('Enter');
    await says(dialog.getByRole('alert'), 'this server answers by the heuristic');
    await close();
  });

  it('rolls back, forces off, and acknowledges', async () => {
    const { page, close } = await openPage(browser, url);
    const order = async (
      button: string,
      heading: string,
      word: string,
      more: (dialog: Locator) => Promise<unknown>,
    ) => {
      await page.getByRole('button', { name: button }).first().click();
      const dialog = page.getByRole('dialog', { name: heading });
      await more(dialog);
      await dialog.getByLabel('Token (ATMR_ML_TOKEN)').fill(TOKEN);
      if (word !== '') {
        await dialog.getByLabel('Why (goes into the history)').fill('complaints');
        await dialog.getByLabel(`Type “${word}” to confirm`).fill(word);
      }
      await dialog.getByRole('button', { name: heading }).click();
      await says(dialog, word === '' ? '1 acknowledged.' : 'Done, and every live instance has it.');
      // The button that was pressed is gone; the next one has the focus.
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'hidden' });
    };
    await order('Roll back', 'Take traffic back', 'rollback', async (dialog) => {
      expect(await dialog.getByRole('combobox').inputValue()).toBe('previous');
    });
    await says(page.locator('.verdict'), 'the model answers 50 % of the bookings');
    await order('Disable', 'Force the model off', 'disable', async () => {});
    await says(page.locator('.verdict'), 'Forced off: the heuristic answers everybody');
    expect((await api(server.url, '/feature-flags/status')).state).toBe('forced off');
    await order('I have seen it', 'Acknowledge', '', async (dialog) => {
      expect(await dialog.getByLabel('Why (goes into the history)').count()).toBe(0);
    });
    await says(page.locator('#alerts li'), 'seen by');
    await close();
  });

  it.each([
    [360, 'dark', 'fr-CH'],
    [1280, 'light', 'en-GB'],
    [2560, 'dark', 'en-GB'],
  ] as const)('%i px, %s, %s: fits, and is for everybody', async (width, scheme, locale) => {
    const { page, complaints, close } = await openPage(browser, url, { width, scheme, locale });
    await rowsOf(page, 'drift').first().waitFor();
    await page.evaluate('document.querySelectorAll("details").forEach((one) => (one.open = true))');
    await page.locator('[data-list="before"] li').first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(await page.evaluate('document.documentElement.lang')).toBe(locale.slice(0, 2));
    expect(await graveFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('remembers language and colours, and prints', async () => {
    const { page, close } = await openPage(browser, url);
    await page.getByRole('button', { name: 'Français' }).click();
    await page.locator('#arms canvas').waitFor();
    expect(await modelLineOf(page, LIGHT_MODEL)).toBeGreaterThan(100);
    await page.getByLabel('Couleurs').selectOption('dark');
    await expect.poll(() => modelLineOf(page, DARK_MODEL)).toBeGreaterThan(100);
    expect(await modelLineOf(page, LIGHT_MODEL)).toBe(0);
    await page.reload();
    await says(page.locator('.verdict'), 'l’heuristique répond à tous');
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark');
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.tools').isVisible()).toBe(false);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    await close();
  });

  it('is small', async () => {
    const page = await (await fetch(url)).text();
    const files = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, address]) => address!);
    const sizes = await Promise.all(
      files.map(
        async (file) =>
          gzipSync(Buffer.from(await (await fetch(`${server.url}${file}`)).arrayBuffer())).length,
      ),
    );
    const bytes = sizes.reduce((a, b) => a + b, gzipSync(page).length);
    process.stderr.write(`dashboard: ${bytes} bytes, gzipped\n`);
    expect(bytes).toBeLessThan(MOST_BYTES);
  });
});

describe('of an empty system', () => {
  let home: string;
  let server: ServeProcess;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'atmr-ml-empty-'));
    server = await startServe({ ATMR_ML_HOME: home });
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  it('says what is not there, on the port of the dashboard too, and forces off without a token', async () => {
    const { page, complaints, close } = await openPage(browser, `${server.dashboardUrl}/`);
    await says(page.locator('.verdict'), 'Never switched on: the heuristic answers everybody');
    await says(page.locator('.banners'), 'SIMULATED');
    await says(page.locator('#gates'), 'no rollout is under way');
    await says(page.locator('#audit'), 'Nobody has written this flag yet.');
    await says(page.locator('#predictions'), 'None yet.');
    await says(page.locator('#improvement'), 'Not enough data');
    await says(page.locator('#drift'), 'Not enough data');
    await says(page.locator('#roi'), 'Not enough data');
    expect(await page.locator('.tile .value.muted').count()).toBe(8);
    expect(await page.locator('main').innerText()).not.toMatch(/NaN|undefined|null|Infinity/);
    expect(await page.getByRole('button', { name: 'Hold' }).isDisabled()).toBe(true);
    expect(await graveFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Disable' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByLabel('Token (ATMR_ML_TOKEN)').count()).toBe(0);
    await dialog.getByLabel('Why (goes into the history)').fill('a drill');
    await dialog.getByLabel('Type “disable” to confirm').fill('disable');
    await page.keyboard.press('Enter');
    await says(dialog, 'Done');
    await page.keyboard.press('Escape');
    await says(page.locator('.verdict'), 'Forced off');
    expect(complaints).toEqual([]);
    await close();
  });
});

describe('behind a token that reads', () => {
  const READ = 'read-token-of-the-dashboard-tests';
  let home: string;
  let server: ServeProcess;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'atmr-ml-read-'));
    server = await startServe({ ATMR_ML_HOME: home, ATMR_ML_READ_TOKEN: READ, ATMR_ML_TOKEN: TOKEN });
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  it('is for those who know it, all of it and live; and changes nothing with it', async () => {
    const url = `${server.url}/ml-monitoring`;
    expect((await fetch(url)).status).toBe(401);
    const { page, complaints, close } = await openPage(browser, url, { password: READ });
    await says(page.locator('.freshness'), 'live');
    await says(page.locator('#roi'), 'Gains');
    expect(await page.locator('.fault').count()).toBe(0);
    await page.getByRole('button', { name: 'Disable' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Why (goes into the history)').fill('a drill');
    await dialog.getByLabel('Token (ATMR_ML_TOKEN)').fill(READ);
    await dialog.getByLabel('Type “disable” to confirm').fill('disable');
    await page.keyboard.press('Enter');
    await says(dialog.getByRole('alert'), 'Nothing was done: This token does not allow it');
    await dialog.getByLabel('Token (ATMR_ML_TOKEN)').fill(TOKEN);
    await page.keyboard.press('Enter');
    await says(dialog, 'Done');
    expect(complaints).toEqual([]);
    await close();
  });
});

describe('when something is down', () => {
  let postgres: TestServer;
  let home: string;
  let server: ServeProcess;
  beforeAll(async () => {
    postgres = await startMigratedPostgres();
    home = mkdtempSync(join(tmpdir(), 'atmr-ml-down-'));
    const variables = { ATMR_ML_HOME: home, DATABASE_URL: postgres.url };
    server = await startServe(variables);
    expect((await runBinary(['activate', '--yes'], { env: variables, cwd: home })).exitCode).toBe(0);
  });
  afterAll(async () => {
    await server?.stop();
    await postgres?.remove();
    rmSync(home, { recursive: true, force: true });
  });

  it('shows what was known last, says so, and goes on when it is back', async () => {
    const { page, close } = await openPage(browser, `${server.url}/ml-monitoring`);
    await says(page.locator('.verdict'), '10 %');
    await rowsOf(page, 'audit').first().waitFor();
    await postgres.kill();
    await page.getByRole('button', { name: 'Refresh' }).click();
    await says(page.locator('#audit .fault'), /Not known now: .*What is shown is of \d\d:\d\d/);
    expect(await rowsOf(page, 'audit').count()).toBe(1);
    await says(page.locator('#figures .fault'), 'Not known now');
    await says(page.locator('#instances'), 'does not answer');
    await says(page.locator('#now .fault'), 'Does not answer: postgres.');
    expect(await page.locator('main').innerText()).not.toContain('not-for-messages');
    await postgres.start();
    await expect
      .poll(
        async () => {
          await page.getByRole('button', { name: 'Refresh' }).click();
          return await page.locator('.fault').count();
        },
        { timeout: 60_000, interval: 500 },
      )
      .toBe(0);
    await close();
  });

  it('says that nothing is live, and how old the figures are, when the server is gone', async () => {
    const { page, close } = await blankPage();
    await page.clock.install();
    await page.goto(`${server.url}/ml-monitoring`);
    await says(page.locator('.freshness'), 'live');
    // The headline may be what was told live: something has to have been asked and known.
    await says(page.locator('#instances'), 'postgres');
    await server.kill();
    await says(page.locator('.freshness'), 'connecting again');
    await page.clock.runFor(100_000);
    await says(page.locator('.banners'), /The server does not answer. What is shown was true at \d\d:\d\d/);
    expect(await page.title()).toMatch(/^\?10 % · /);
    expect(await graveFindings(page)).toEqual([]);
    await close();
  });
});

/** Pixels that something was drawn on. */
async function inkOf(page: Page, panel: string): Promise<number> {
  return Number(
    await page.evaluate(`(() => {
      const canvas = document.querySelector('#${panel} canvas');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let ink = 0;
      for (let i = 3; i < data.length; i += 4) if (data[i] > 0) ink++;
      return ink;
    })()`),
  );
}

const LIGHT_MODEL = [11, 95, 176];
const DARK_MODEL = [108, 178, 245];

/** Pixels of the chart of both arms that have just this colour. */
async function modelLineOf(page: Page, [red, green, blue]: readonly number[]): Promise<number> {
  return Number(
    await page.evaluate(`(() => {
      const canvas = document.querySelector('#arms canvas');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let found = 0;
      for (let i = 0; i < data.length; i += 4) {
        if (data[i] === ${red} && data[i + 1] === ${green} && data[i + 2] === ${blue} && data[i + 3] === 255) found++;
      }
      return found;
    })()`),
  );
}

/** A page before it is led anywhere. */
async function blankPage() {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Zurich' });
  return { page: await context.newPage(), close: () => context.close() };
}
