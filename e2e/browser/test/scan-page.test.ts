import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { cleanFolder, run } from '../../packed/clean-folder.js';
import { faintTexts, overflowOf, paper, pictureSizes, tryToReach, views } from '../page-views.js';
import { type ServedPage, servePage } from '../served-page.js';
import { openWatched, screenshots, startBrowser } from '../watched-browser.js';

const hostileKey = '<img src=x onerror=alert(1)>';
const hostileService = '"><script>alert(2)</script>';
const token = 'q7Xv2Lm9Rt4Kp8Wz3Nb6Yc1Hd5Jf0Gs7Qa2Te9Uo4Ie';

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

/** Spans of some services, with something to mask and something left in each. */
function capture(): string {
  const services = ['storefront', 'checkout', 'inventory', 'payments-gateway-eu-central', hostileService];
  const resourceSpans = services.map((service, at) => ({
    resource: { attributes: [text('service.name', service), text('host.name', `node-${at}`)] },
    scopeSpans: [
      {
        scope: { name: 'app' },
        spans: Array.from({ length: 5 * (at + 1) }, (_, index) => spanOf(at, index)),
      },
    ],
  }));
  return JSON.stringify({ resourceSpans });
}

function spanOf(service: number, index: number): unknown {
  const id = (service * 100 + index + 1).toString(16).padStart(16, '0');
  const leak = index % (service + 2) === 0 ? [text(service === 4 ? hostileKey : 'session.blob', token)] : [];
  return {
    traceId: id.padStart(32, '1'),
    spanId: id,
    name: 'POST /orders',
    kind: 2,
    attributes: [
      text('url.full', `https://shop.example/orders?token=${token}&page=${index}`),
      text('user.email', `carol.${index}@example.com`),
      text('http.request.body', JSON.stringify({ card: '4111111111111111', note: `order ${index}` })),
      text('http.route', '/orders'),
      ...leak,
    ],
    events: [
      { name: 'exception', attributes: [text('exception.message', `password=hunter2 for dave@example.com`)] },
    ],
    status: {
      code: 2,
      message: index % 2 === 0 ? `refused for erin@example.com from 203.0.113.${index}` : 'refused',
    },
  };
}

describe('the page of spanseal scan in a browser', () => {
  let browser: Browser;
  let served: ServedPage;
  let file: string;
  beforeAll(async () => {
    const folder = cleanFolder(['mask', 'otlp', 'seal', 'cli']);
    writeFileSync(join(folder, 'capture.json'), capture());
    const args = ['scan', 'capture.json', '--html', 'page.html'];
    expect(run(join(folder, 'node_modules/.bin/spanseal'), args, { cwd: folder })).toMatchObject({
      code: 1,
      stderr: '',
    });
    file = join(folder, 'page.html');
    served = await servePage(file);
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    served?.close();
  });

  test.each(Object.keys(views) as (keyof typeof views)[])(
    'shows (%s) all of its pictures, asks for nothing, and runs nothing',
    async (name) => {
      const watched = await openWatched(browser, pathToFileURL(file).href, views[name]);
      const { page } = watched;
      const sizes = await pictureSizes(page);
      expect(sizes.length).toBeGreaterThan(15);
      expect(Math.min(...sizes)).toBeGreaterThan(4);
      const bars = await page
        .locator('.bars .fill')
        .evaluateAll((all) => all.map((bar) => bar.getBoundingClientRect().width));
      expect(Math.max(...bars)).toBeGreaterThan(200);
      expect(new Set(bars).size).toBeGreaterThan(3);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      expect(await faintTexts(page)).toEqual([]);
      await page.screenshot({ path: join(screenshots, `scan-${name}.png`), fullPage: true });
      expect(watched).toMatchObject({ requests: [], faults: [], dialogs: [] });
      await watched.context.close();
    },
  );

  test('takes names for text, whatever they hold', async () => {
    const watched = await openWatched(browser, pathToFileURL(file).href);
    const { page } = watched;
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
    expect(await page.getByText(hostileKey, { exact: false }).count()).toBeGreaterThan(0);
    expect(await page.getByText(hostileService, { exact: false }).count()).toBeGreaterThan(0);
    expect(await page.content()).not.toContain(token.slice(0, 8));
    expect(await page.content()).not.toMatch(/hunter2|carol|erin|203\.0\.113/);
    expect(watched).toMatchObject({ requests: [], faults: [], dialogs: [] });
    await watched.context.close();
  });

  test('copies a rule without a network', async () => {
    const watched = await openWatched(browser, pathToFileURL(file).href);
    await watched.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const button = watched.page.locator('button[data-copies="rule-1"]');
    await button.click();
    // The label follows the clipboard, which answers after the click.
    await watched.page.locator('button[data-copies="rule-1"]', { hasText: 'Copied' }).waitFor();
    const copied = await watched.page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(await watched.page.locator('#rule-1').textContent());
    expect(copied).toMatch(/^(?:keys|values):\n/);
    expect(watched).toMatchObject({ requests: [], faults: [] });
    await watched.context.close();
  });

  test('is the only thing that a server is asked for, and cannot be made to ask for more', async () => {
    const watched = await openWatched(browser, `${served.origin}/page.html`);
    expect(watched).toMatchObject({ requests: [], faults: [], dialogs: [] });
    // The page's policy stops each of these before it leaves.
    const outcome = await tryToReach(watched.page, served.origin);
    expect(outcome).toMatchObject({ fetched: 'refused', ran: false });
    expect(served.hits).toEqual(['/page.html']);
    await watched.context.close();
  });

  test('prints: light, without buttons, no wider than the paper', async () => {
    const watched = await openWatched(browser, pathToFileURL(file).href, paper);
    const { page } = watched;
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('button:visible').count()).toBe(0);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    );
    const wide = await page
      .locator('svg, pre, table')
      .evaluateAll((all) => Math.max(...all.map((one) => one.getBoundingClientRect().right)));
    expect(wide).toBeLessThanOrEqual(720);
    await page.screenshot({ path: join(screenshots, 'scan-print.png'), fullPage: true });
    await watched.context.close();
  });
});
