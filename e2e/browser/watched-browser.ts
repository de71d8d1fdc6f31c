import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';

/** Where screenshots go, to be looked at. */
export const screenshots: string = join(__dirname, '../../.cache/screenshots');

/** What a browser did with a page besides showing it. */
export interface Watched {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Addresses that were asked for, the page's own and `data:` left out. */
  readonly requests: string[];
  /** Errors and warnings of the console, exceptions of scripts. */
  readonly faults: string[];
  /** Texts of `alert` and its like. */
  readonly dialogs: string[];
}

/** Starts Chromium. Without one the tests fail: nobody has looked at the pages then. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = process.env['SPANSEAL_CHROMIUM'];
  if (!executablePath) throw new Error('SPANSEAL_CHROMIUM names no browser: run npm run e2e');
  mkdirSync(screenshots, { recursive: true });
  const args = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath, args });
}

/** Opens a page and keeps an eye on it from before its first byte. */
export async function openWatched(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const watched: Watched = { page, context, requests: [], faults: [], dialogs: [] };
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().startsWith('data:')) watched.requests.push(request.url());
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) watched.faults.push(message.text());
  });
  page.on('pageerror', (error) => watched.faults.push(error.message));
  page.on('dialog', (dialog) => {
    watched.dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(url, { waitUntil: 'load' });
  return watched;
}
