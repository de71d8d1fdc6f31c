import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { cleanFolder, run } from '../../packed/clean-folder.js';
import { faintTexts, overflowOf, paper, pictureSizes, tryToReach, views } from '../page-views.js';
import { type ServedPage, servePage } from '../served-page.js';
import { openWatched, screenshots, startBrowser } from '../watched-browser.js';

const secret = `hex:${'7c'.repeat(32)}`;
/** A stream of which no span is there. */
const neverSeen = `${'nvr'.repeat(8)}sn`;

describe('the page of spanseal verify in a browser', () => {
  let browser: Browser;
  let folder: string;
  let served: ServedPage;
  const urlOf = (name: string) => pathToFileURL(join(folder, `${name}.html`)).href;
  beforeAll(async () => {
    folder = cleanFolder(['mask', 'otlp', 'seal', 'cli']);
    const made = run(process.execPath, ['troubled-capture.mjs', secret], { cwd: folder });
    expect(made).toMatchObject({ code: 0, stderr: '' });
    for (const [name, code] of [
      ['troubled', 1],
      ['intact', 0],
    ] as const) {
      const key = ['--key', secret, '--realm', 'e2e', '--key-id', 'k-2026-11', '--sampled'];
      const expected = name === 'troubled' ? ['--expect', neverSeen] : [];
      const args = ['verify', `${name}.jsonl`, ...key, ...expected, '--html', `${name}.html`];
      expect(run(join(folder, 'node_modules/.bin/spanseal'), args, { cwd: folder })).toMatchObject({
        code,
        stderr: '',
      });
    }
    served = await servePage(join(folder, 'troubled.html'));
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    served?.close();
  });

  test.each(Object.keys(views) as (keyof typeof views)[])(
    'shows (%s) all of its pictures, asks for nothing, and runs nothing',
    async (name) => {
      for (const report of ['troubled', 'intact']) {
        const watched = await openWatched(browser, urlOf(report), views[name]);
        const { page } = watched;
        expect(Math.min(...(await pictureSizes(page)))).toBeGreaterThan(1);
        const bars = await page
          .locator('.streams .life')
          .evaluateAll((all) => all.map((bar) => bar.getBoundingClientRect().width));
        expect(Math.max(...bars)).toBeGreaterThan(100);
        expect(new Set(bars).size).toBeGreaterThan(3);
        expect(await overflowOf(page)).toBeLessThanOrEqual(0);
        expect(await faintTexts(page)).toEqual([]);
        await page.screenshot({ path: join(screenshots, `verify-${report}-${name}.png`), fullPage: true });
        expect(watched).toMatchObject({ requests: [], faults: [], dialogs: [] });
        await watched.context.close();
      }
    },
  );

  test('gives every picture a name that says what it shows', async () => {
    const watched = await openWatched(browser, urlOf('troubled'));
    const { page } = watched;
    const rows = await page.locator('.streams > li').count();
    expect(rows).toBe(8);
    expect(await page.getByRole('img').count()).toBe(rows);
    for (const name of [
      /^Stream \w+, fork; .*; two histories; ended$/,
      /^Stream \w+, missing; .*; 12 spans not there with the whole of their traces; 2 spans missing; ended$/,
      /^Stream \w+, missing; .*; 2 checkpoints missing; ended$/,
      /^Stream \w+, declared-loss; .*; 4 spans not there, as the exporter said; ended$/,
      /^Stream \w+, restart; .*; no end$/,
      /^Stream \w+, truncated; .*; no end$/,
      /^43 complete streams over time: .* 1 still running · at most \d+ at a time$/,
    ]) {
      expect(await page.getByRole('img', { name }).count()).toBe(1);
    }
    await watched.context.close();
    const intact = await openWatched(browser, urlOf('intact'));
    expect(await intact.page.getByRole('img', { name: /; still running, no end yet$/ }).count()).toBe(1);
    expect(await intact.page.getByRole('heading', { level: 1 }).textContent()).toBe('Spanseal verify');
    await intact.context.close();
  });

  test('marks each kind of gap and end with a form of its own, within the bar that it belongs to', async () => {
    const watched = await openWatched(browser, urlOf('troubled'), views.wide);
    const box = async (selector: string) => {
      const found = await watched.page.locator(`.streams ${selector}`).first().boundingBox();
      expect(found).not.toBeNull();
      return found ?? { x: 0, y: 0, width: 0, height: 0 };
    };
    const life = await box('.life');
    const kinds = ['missing', 'declared', 'sampled', 'checkpoints'];
    const heights = await Promise.all(kinds.map(async (kind) => (await box(`.gap.${kind}`)).height));
    expect(new Set(heights.map(Math.round)).size).toBe(4);
    expect(heights[0]).toBeGreaterThan(life.height);
    const inside = await watched.page.locator('.streams svg.stream:not(.many)').evaluateAll((pictures) =>
      pictures.every((picture) => {
        const bars = [...picture.querySelectorAll('.life')].map((bar) => bar.getBoundingClientRect());
        const [from, to] = [
          Math.min(...bars.map(({ left }) => left)),
          Math.max(...bars.map(({ right }) => right)),
        ];
        const gaps = [...picture.querySelectorAll('.gap')].map((gap) => gap.getBoundingClientRect());
        return gaps.every(({ left, right }) => left >= from - 2 && right <= to + 2);
      }),
    );
    expect(inside).toBe(true);
    for (const mark of ['.stop', '.cut']) expect((await box(mark)).height).toBeGreaterThan(5);
    await watched.context.close();
  });

  test('takes names for text, whatever they hold, and makes hidden characters visible', async () => {
    const watched = await openWatched(browser, urlOf('troubled'));
    const { page } = watched;
    expect(await page.locator('img, script').count()).toBe(0);
    for (const text of [
      '<img src=x onerror=alert(1)>\\u202egnp.exe',
      '</code><script>alert(2)</script>',
      neverSeen,
    ]) {
      expect(await page.getByText(text, { exact: false }).count()).toBeGreaterThan(0);
    }
    const content = readFileSync(join(folder, 'troubled.html'), 'utf8');
    expect(content).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(content).not.toMatch(/hunter2|GET \/orders/);
    expect(content).not.toContain('b'.repeat(121));
    expect(watched).toMatchObject({ requests: [], faults: [], dialogs: [] });
    await watched.context.close();
  });

  test('leads to its own parts, and nowhere else', async () => {
    const watched = await openWatched(browser, urlOf('troubled'));
    const { page } = watched;
    const links = await page
      .locator('a')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    expect(links).toEqual(['#streams', '#traces', '#sources', '#verdicts']);
    for (const link of links) expect(await page.locator(link).count()).toBe(1);
    await page.getByRole('link', { name: 'Traces' }).click();
    expect(new URL(page.url()).hash).toBe('#traces');
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

  test('prints: light, without links, no wider than the paper', async () => {
    const watched = await openWatched(browser, urlOf('troubled'), paper);
    const { page } = watched;
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('a:visible').count()).toBe(0);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    );
    const wide = await page
      .locator('svg, li, dl, p')
      .evaluateAll((all) => Math.max(...all.map((one) => one.getBoundingClientRect().right)));
    expect(wide).toBeLessThanOrEqual(720);
    expect(await faintTexts(page)).toEqual([]);
    await page.screenshot({ path: join(screenshots, 'verify-print.png'), fullPage: true });
    await page.pdf({ path: join(screenshots, 'verify-print.pdf'), format: 'A4' });
    await watched.context.close();
  });
});
