import type { Report, Weight } from '@spanseal/seal';
import { grouped } from '../grouped-number.js';
import { html, type Markup } from '../page/markup.js';
import { pageHead, type Total } from '../page/page-head.js';
import { renderPage } from '../page/report-page.js';
import { printableName } from '../printable-name.js';
import type { SourceNote } from '../source-notes.js';
import { headlineOf } from './report-headline.js';
import { sourceSection } from './source-section.js';
import { streamSection } from './stream-section.js';
import { utcText } from './time-scale.js';
import { traceSection } from './trace-section.js';
import { toneOf, weightIn } from './verdict-chip.js';
import { glossarySection } from './verdict-glossary.js';
import { verifyStyle } from './verify-style.js';

/** What the page of a verification shows. */
export interface VerifyPage {
  readonly report: Report;
  readonly sources: readonly SourceNote[];
  /** The inputs, as they may be shown. */
  readonly files: readonly string[];
  /** When it was verified, in milliseconds since the Unix epoch. */
  readonly nowMillis: number;
}

/** Names of inputs that are shown; the rest is counted. */
const mostFiles = 10;

/** A report of the verifier as one page that stands by itself. */
export function renderVerifyPage(page: VerifyPage): string {
  const { report, sources } = page;
  const { findings, streams } = report;
  const { word, meaning, remarks } = headlineOf(report);
  const lead = remarks.length > 0 ? `But ${remarks.join('; ')}.` : meanings[report.result];
  const parts: readonly Part[] = [
    { id: 'streams', name: 'Streams', section: streamSection(streams, findings) },
    { id: 'traces', name: 'Traces', section: traceSection(findings) },
    { id: 'sources', name: 'Sources', section: sourceSection(findings, sources) },
    { id: 'verdicts', name: 'What the verdicts mean', section: glossarySection(report) },
  ].flatMap(({ section, ...part }) => (section === undefined ? [] : [{ ...part, section }]));
  const body = html`<main>
${pageHead({
  title: 'Spanseal verify',
  verdict: `${word}: ${meaning}`,
  tone: toneOf(report.result),
  meaning: `${lead}${omittedOf(report)} ${readingOf(page)}`,
  totals: totalsOf(report),
})}
<nav aria-label="Parts of the report">${parts.map(({ id, name }) => html`<a href="${`#${id}`}">${name}</a>`)}</nav>
${parts.map(({ section }) => section)}
${foot()}
</main>`;
  return renderPage({ title: `Spanseal verify: ${word}`, body, style: verifyStyle });
}

interface Part {
  readonly id: string;
  readonly name: string;
  readonly section: Markup;
}

const meanings: Readonly<Record<Weight, string>> = {
  intact: 'Nothing in these traces contradicts what was sealed.',
  incomplete: 'Nothing proves a change, and not all that was sealed can be shown to be there as it was.',
  tampered: 'At least one finding proves a change, a forgery or a replay; the worst stand first.',
};

function omittedOf({ findingsOmitted = 0 }: Report): string {
  if (findingsOmitted === 0) return '';
  return ` Findings that no report lists, and the numbers count: ${grouped(findingsOmitted)}.`;
}

function readingOf({ files, nowMillis }: VerifyPage): string {
  const names = files.slice(0, mostFiles).map((name) => printableName(name));
  const rest = files.length - names.length;
  return `Verified ${utcText(nowMillis)} UTC: ${names.join(', ')}${rest > 0 ? ` and ${grouped(rest)} more` : ''}.`;
}

function totalsOf(report: Report): Total[] {
  const { spans, streams, findings, findingsOmitted = 0 } = report;
  const { total, valid, ...others } = spans;
  const found = findings.length + findingsOmitted;
  const incomplete = streams.filter(({ verdict }) => verdict !== 'complete').length;
  return [
    { name: 'spans', count: grouped(total) },
    { name: 'valid', count: grouped(valid) },
    ...(Object.keys(others) as (keyof typeof others)[]).flatMap((verdict) => {
      const count = others[verdict] ?? 0;
      return count === 0
        ? []
        : [{ name: verdict, count: grouped(count), tone: toneOf(weightIn(report, verdict)) }];
    }),
    { name: streams.length === 1 ? 'stream' : 'streams', count: grouped(streams.length) },
    ...(incomplete > 0 ? [{ name: 'not complete', count: grouped(incomplete), tone: 'warn' as const }] : []),
    ...(found > 0 ? [{ name: found === 1 ? 'finding' : 'findings', count: grouped(found) }] : []),
  ];
}

function foot(): Markup {
  return html`<footer>
<p>No value of a span is in this page: only ids, keys of added attributes, counts and times.</p>
<p>A whole stream that was deleted shows only when its id was expected (<code>--expect</code>). A stream that still runs can be cut off at its end unseen: verify again later.</p>
</footer>`;
}
