import { html, type Markup } from './markup.js';

export interface Bar {
  readonly label: string;
  /** Before the label, in a softer colour. */
  readonly context?: string | undefined;
  readonly count: number;
}

export interface BarChartOptions {
  readonly title: string;
  readonly bars: readonly Bar[];
  /** How a number is written. */
  readonly format: (count: number) => string;
  /** Bars that are shown; the rest is counted. */
  readonly most: number;
}

/** A list with a bar for each element, the largest first; as a picture each bar is an SVG with its meaning as text. */
export function barChart({ title, bars, format, most }: BarChartOptions): Markup | undefined {
  const shown = bars
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count)
    .slice(0, most);
  if (shown.length === 0) return undefined;
  const largest = Math.max(...shown.map(({ count }) => count));
  const rest = bars.filter(({ count }) => count > 0).length - shown.length;
  const rows = shown.map(({ label, context, count }) => {
    const share = Math.max(1, (100 * count) / largest);
    const soft = context === undefined ? undefined : html`<small>${context}</small> `;
    return html`<li><span class="label">${soft}${label}</span><span class="count">${format(count)}</span>
<svg viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="${`${label}: ${format(count)}`}"><rect class="track" width="100" height="8"/><rect class="fill" width="${share.toFixed(2)}" height="8"/></svg></li>
`;
  });
  const note = rest > 0 ? html`<p class="more">and ${format(rest)} more</p>` : undefined;
  return html`<section class="card"><h3>${title}</h3><ul class="bars">
${rows}</ul>${note}</section>`;
}
