import type { Finding } from '@spanseal/seal';
import { counted, grouped } from '../grouped-number.js';
import { html, type Markup } from '../page/markup.js';
import { printableName } from '../printable-name.js';
import { findingsByTrace, findingWeight, type TraceFindings } from './trace-findings.js';
import { verdictChip } from './verdict-chip.js';

/** Findings that are shown, of all traces and of one: a noisy trace leaves room for the others. */
const mostFindings = 2000;
const mostOfTrace = 100;
const mostAdded = 5;

/** What was found in spans, by trace. */
export function traceSection(findings: readonly Finding[]): Markup | undefined {
  const traces = findingsByTrace(findings);
  if (traces.length === 0) return undefined;
  const cards: Markup[] = [];
  let left = mostFindings;
  for (const trace of traces) {
    if (left === 0) break;
    const count = Math.min(left, mostOfTrace, trace.findings.length);
    left -= count;
    cards.push(traceCard(trace, count));
  }
  return html`<section id="traces">
<h2>Traces with findings</h2>
<p class="lead">Spans that are not as they were sealed, or cannot be verified. What is worst comes first.</p>
<ol class="traces">
${cards}</ol>
${moreTraces(traces.slice(cards.length))}
</section>`;
}

function traceCard({ traceId, findings }: TraceFindings, count: number): Markup {
  const rest = findings.length - count;
  const more =
    rest > 0
      ? html`<p class="more">and ${counted(rest, 'more finding')} in this trace: --format json lists them</p>`
      : undefined;
  return html`<li class="card"><h3>trace <code>${traceId === '' ? '(no id)' : printableName(traceId)}</code> <small>${counted(findings.length, 'finding')}</small></h3>
<ul class="spans">
${findings.slice(0, count).map(findingRow)}</ul>${more}</li>
`;
}

function findingRow(finding: Finding): Markup {
  const { verdict, spanId = '', message } = finding;
  return html`<li><code class="span">${spanId === '' ? '(no id)' : printableName(spanId)}</code>${verdictChip(verdict, findingWeight(finding))}<div><p>${printableName(message, 400)}</p>${factsOf(finding)}</div></li>
`;
}

function factsOf({ section, added, keyId, stream, seq, source }: Finding): Markup | undefined {
  const facts = [
    ...(section === undefined ? [] : [html`<li>section <b>${printableName(section)}</b></li>`]),
    ...addedKeys(added ?? []),
    ...(keyId === undefined ? [] : [html`<li>key <code>${printableName(keyId)}</code></li>`]),
    ...(stream === undefined
      ? []
      : [
          html`<li>stream <code>${printableName(stream)}</code>${seq === undefined ? undefined : ` seq ${seq}`}</li>`,
        ]),
    ...(source === undefined ? [] : [html`<li>in ${printableName(source)}</li>`]),
  ];
  return facts.length === 0 ? undefined : html`<ul class="facts">${facts}</ul>`;
}

function addedKeys(added: readonly string[]): Markup[] {
  const keys = added
    .slice(0, mostAdded)
    .map((key) => html`<li>added <code>${printableName(key)}</code></li>`);
  const rest = added.length - keys.length;
  return rest > 0 ? [...keys, html`<li>and ${grouped(rest)} more keys</li>`] : keys;
}

function moreTraces(traces: readonly TraceFindings[]): Markup | undefined {
  if (traces.length === 0) return undefined;
  const rest = traces.reduce((sum, { findings }) => sum + findings.length, 0);
  return html`<p class="more">and ${counted(rest, 'more finding')} in ${counted(traces.length, 'more trace')}: --format json lists them</p>`;
}
