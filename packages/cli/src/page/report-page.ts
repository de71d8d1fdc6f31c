import { createHash } from 'node:crypto';
import { html, Markup } from './markup.js';
import { pageScript } from './page-script.js';
import { pageStyle } from './page-style.js';

export interface PageContent {
  readonly title: string;
  readonly body: Markup;
}

/**
 * A report as one page that stands by itself: no font, picture or script comes from elsewhere, and the page's own policy forbids
 * the browser to load or send anything and to run anything but the one script that is named by its hash.
 */
export function renderPage({ title, body }: PageContent): string {
  const policy = [
    "default-src 'none'",
    'img-src data:',
    `style-src '${hashOf(pageStyle)}'`,
    `script-src '${hashOf(pageScript)}'`,
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
<style>${new Markup(pageStyle)}</style>
</head>
<body>
${body}
<script>${new Markup(pageScript)}</script>
</body>
</html>
`;
  return page.text;
}

/** As a content policy names an inline block: over its very bytes. */
function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
