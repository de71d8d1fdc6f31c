import type { BrowserContextOptions, Page } from 'playwright-core';

/** Screens that a page is looked at on. */
export const views = {
  wide: { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  phone: {
    viewport: { width: 375, height: 720 },
    colorScheme: 'light',
    isMobile: true,
    deviceScaleFactor: 2,
  },
} as const satisfies Record<string, BrowserContextOptions>;

/** A dark screen as wide as paper, for what is printed. */
export const paper: BrowserContextOptions = {
  viewport: { width: 720, height: 1000 },
  colorScheme: 'dark',
};

/** The shorter side of each picture, in CSS pixels. */
export async function pictureSizes(page: Page): Promise<readonly number[]> {
  return page.locator('svg').evaluateAll((pictures) =>
    pictures.map((picture) => {
      const { width, height } = picture.getBoundingClientRect();
      return Math.min(width, height);
    }),
  );
}

/** How much the page is wider than its screen. What is wider scrolls in its own frame. */
export async function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** What an injected script would try: to load, to frame, to run, to send. */
export async function tryToReach(
  page: Page,
  origin: string,
): Promise<{ readonly fetched: string; readonly beacon: string; readonly ran: boolean }> {
  return page.evaluate(async (address) => {
    const image = new Image();
    image.src = `${address}/image`;
    document.body.append(image);
    const frame = document.createElement('iframe');
    frame.src = `${address}/frame`;
    document.body.append(frame);
    const script = document.createElement('script');
    script.textContent = 'globalThis.ran = true';
    document.body.append(script);
    const fetched = await fetch(`${address}/fetch`).then(
      () => 'sent',
      () => 'refused',
    );
    const beacon = navigator.sendBeacon(`${address}/beacon`) ? 'queued' : 'refused';
    await new Promise((resolve) => setTimeout(resolve, 500));
    return { fetched, beacon, ran: 'ran' in globalThis };
  }, origin);
}

/** Texts whose colour is too near to what is behind them (WCAG 2.2, 1.4.3: 4.5 to 1), with how near. */
export async function faintTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const light = (colour: string) => {
      const [red = 0, green = 0, blue = 0] = channels(colour).map((channel) =>
        channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const behind = (element: Element | null): string => {
      if (element === null) return 'rgb(255, 255, 255)';
      const { backgroundColor } = getComputedStyle(element);
      return (channels(backgroundColor)[3] ?? 1) === 0 ? behind(element.parentElement) : backgroundColor;
    };
    return [...document.querySelectorAll('body *')].flatMap((element) => {
      const text = [...element.childNodes]
        .filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
        .map(({ textContent }) => textContent?.trim())
        .join('');
      if (text === '' || element instanceof SVGElement || element.getClientRects().length === 0) return [];
      const [one, other] = [light(getComputedStyle(element).color), light(behind(element))];
      const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      return ratio < 4.5 ? [`${ratio.toFixed(2)}: ${text.slice(0, 40)}`] : [];
    });
  });
}
