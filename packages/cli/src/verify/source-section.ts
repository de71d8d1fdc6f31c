import type { Finding } from '@spanseal/seal';
import { counted } from '../grouped-number.js';
import { html, type Markup } from '../page/markup.js';
import { printableName } from '../printable-name.js';
import type { SourceNote } from '../source-notes.js';
import { verdictChip } from './verdict-chip.js';

/** Of each kind. */
const mostRows = 200;

/** What could not be read, and what a store cannot say about the spans that it gave. */
export function sourceSection(
  findings: readonly Finding[],
  notes: readonly SourceNote[],
): Markup | undefined {
  const unreadable = findings.filter(({ spanId, stream }) => spanId === undefined && stream === undefined);
  if (unreadable.length === 0 && notes.length === 0) return undefined;
  return html`<section id="sources">
<h2>Sources</h2>
<p class="lead">What could not be read, and what the sources cannot say about the spans that they gave.</p>
<ul class="card plain">
${unreadable.slice(0, mostRows).map(unreadableRow)}${more(unreadable.length, 'input that could not be read')}${notes.slice(0, mostRows).map(noteRow)}${more(notes.length, 'note')}</ul>
</section>`;
}

function unreadableRow({ verdict, source, message }: Finding): Markup {
  const place = source === undefined ? undefined : html`<b>${printableName(source)}</b>: `;
  return html`<li>${verdictChip(verdict, 'incomplete')} <span>${place}${printableName(message, 400)}</span></li>
`;
}

function noteRow({ file, code, path, count, message }: SourceNote): Markup {
  return html`<li><span class="chip">note</span> <span><b>${printableName(file)}</b>: ${message} <small>(<code>${code}</code>, ${counted(count, 'place')}, first at <code>${printableName(path)}</code>)</small></span></li>
`;
}

function more(count: number, noun: string): Markup | undefined {
  return count > mostRows
    ? html`<li class="more">and ${counted(count - mostRows, `more ${noun}`)}</li>`
    : undefined;
}
