/** Draws the pictures of the dashboard in `docs/dashboard/`, of a played rollout; `npm run docs:screenshots`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openGuardStore } from '../src/guard/open-guard-store.js';
import { openPage, startBrowser } from '../test/e2e/browser.js';
import { playFourWeeks } from '../test/e2e/played-rollout.js';
import { startServe } from '../test/e2e/serve-process.js';

const FOLDER = 'docs/dashboard';
/** A phone, a desk, a wall; each as much of the page as is worth a picture. */
const SIZES = [
  [360, 1700],
  [1280, 2300],
  [2560, 1440],
] as const;
const MINUTE_MS = 60_000;
const WEEK_MINUTES = 7 * 24 * 60;
const ASKED_TODAY = 60;

const company = await playFourWeeks();
const home = company.env.ATMR_ML_HOME!;
await wasUp();
tellWhatItLearnedFrom();
const server = await startServe({ ATMR_ML_HOME: home }, [
  '--config',
  join(company.folder, 'atmr-ml.config.yaml'),
]);
await askToday();
mkdirSync(FOLDER, { recursive: true });
const browser = await startBrowser();
for (const [width, height] of SIZES) {
  for (const scheme of ['light', 'dark'] as const) {
    const locale = width === 360 ? 'fr-CH' : 'en-GB';
    const { page, close } = await openPage(browser, `${server.url}/ml-monitoring`, { width, scheme, locale });
    await page.locator('#drift tbody tr').first().waitFor();
    await page.locator('#roi .value').waitFor();
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: join(FOLDER, `${width}-${scheme}.png`) });
    await close();
  }
}
await browser.close();
await server.stop();
await company.close();

/** The weeks were played as of a model that knows real rides; whoever looks at the pictures is told that it does not. */
function tellWhatItLearnedFrom(): void {
  const path = join(company.folder, 'models', 'delay_predictor.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  manifest.data.simulated = true;
  writeFileSync(path, JSON.stringify(manifest));
}

/** The servers of the company ran all week. */
async function wasUp(): Promise<void> {
  const store = await openGuardStore({ databaseUrl: null, home, flagKey: 'ml-delay-prediction' });
  const nowMs = Date.now();
  for (let minute = 1; minute < WEEK_MINUTES; minute++) await store.markMinute(nowMs - minute * MINUTE_MS);
  await store.close();
}

async function askToday(): Promise<void> {
  for (let i = 0; i < ASKED_TODAY; i++) {
    const booking = { id: 90_000 + i, scheduled_time: '2099-03-02T08:30', distance_meters: 3000 + 190 * i };
    const body = JSON.stringify({ booking, driver: { id: i % 9, total_bookings: 40 + 7 * i } });
    const headers = { 'content-type': 'application/json' };
    await fetch(`${server.url}/api/predictions`, { method: 'POST', headers, body });
  }
}
