import { html, type Markup } from './markup.js';

/** What the colour beside a verdict says again. */
export type Tone = 'good' | 'warn' | 'bad';

export interface Total {
  readonly name: string;
  /** As it is shown. */
  readonly count: string;
  readonly tone?: Tone;
}

export interface PageHead {
  /** Which report it is. */
  readonly title: string;
  /** The result in one sentence. */
  readonly verdict: string;
  readonly tone: Tone;
  /** What the result means, where the sentence does not say it. */
  readonly meaning?: string | undefined;
  readonly totals: readonly Total[];
}

/** The beginning of a report page: the result, and the numbers behind it. */
export function pageHead({ title, verdict, tone, meaning, totals }: PageHead): Markup {
  const lead = meaning === undefined ? undefined : html`<p class="lead meaning">${meaning}</p>`;
  const numbers = totals.map(
    ({ name, count, tone: of = 'good' }) => html`<div class="${of}"><dt>${name}</dt><dd>${count}</dd></div>`,
  );
  return html`<header>
<h1>${title}</h1>
<p class="${`verdict is-${tone}`}">${verdict}</p>
${lead}<dl class="totals">
${numbers}
</dl>
</header>`;
}
