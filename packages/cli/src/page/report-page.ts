import { createHash } from 'node:crypto';
import { html, Markup } from './markup.js';
import { pageStyle } from './page-style.js';

export interface PageContent {
  readonly title: string;
  readonly body: Markup;
  /** Style of this page alone, behind that of all pages. */
  readonly style: string;
  /** Without it the page runs nothing. */
  readonly script?: string;
}

/**
 * A report as one page that stands by itself: no font, picture or script comes from elsewhere, and the page's own policy forbids
 * the browser to load or send anything and to run anything but its script, if it has one, which is named by its hash.
 */
export function renderPage({ title, body, style, script }: PageContent): string {
  const styles = `${pageStyle}${style}`;
  const policy = [
    "default-src 'none'",
    'img-src data:',
    `style-src '${hashOf(styles)}'`,
    ...(script === undefined ? [] : [`script-src '${hashOf(script)}'`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Markup(styles)}</style>
</head>
<body>
${body}
${script === undefined ? undefined : html`<script>${new Markup(script)}</script>`}
</body>
</html>
`;
  return page.text;
}

/** As a content policy names an inline block: over its very bytes. */
function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
