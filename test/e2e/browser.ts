import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Debian's Chromium, without what it asks the world for by itself. */
export function startBrowser(): Promise<Browser> {
  const quiet = ['--disable-quic', '--disable-background-networking', '--disable-component-update'];
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', ...quiet] });
}

/** A page, and all that it complained of or asked others for. */
export interface WatchedPage {
  readonly page: Page;
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export interface PageSettings {
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
  readonly locale?: string;
  /** What the browser's own window would be told. */
  readonly password?: string;
}

/** Opens `url` in a browser of its own: nothing is kept from the one before. */
export async function openPage(
  browser: Browser,
  url: string,
  { width = 1280, scheme = 'light', locale = 'en-GB', password }: PageSettings = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    ...{ viewport: { width, height: 900 }, colorScheme: scheme, locale, timezoneId: 'Europe/Zurich' },
    ...(password !== undefined && { httpCredentials: { username: 'anybody', password } }),
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    // An answer of 4xx or 5xx is told there too; what it means for the page is looked at where it is expected.
    if (!message.text().startsWith('Failed to load resource')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  const { origin } = new URL(url);
  page.on('request', (request) => {
    const asked = request.url();
    if (!asked.startsWith(`${origin}/`) && !asked.startsWith('data:')) complaints.push(asked);
  });
  await page.goto(url);
  await page.locator('.verdict').waitFor();
  return { page, complaints, close: () => context.close() };
}

/** What keeps people from using the page, by its rule; empty where nothing does. */
export async function graveFindings(page: Page): Promise<readonly string[]> {
  // Past the page's own policy, which allows nobody to put a script in.
  const found = (await page.evaluate(`${axe.source};axe.run()`)) as {
    violations: { id: string; impact: string; nodes: { html: string }[] }[];
  };
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
