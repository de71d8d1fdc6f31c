import { grouped } from '../grouped-number.js';
import { barChart } from '../page/bar-chart.js';
import { coverageChart } from '../page/coverage-chart.js';
import { html, type Markup } from '../page/markup.js';
import { pageHead } from '../page/page-head.js';
import { pageScript } from '../page/page-script.js';
import { renderPage } from '../page/report-page.js';
import { renderAddition } from './policy-addition.js';
import type { ExemptedLeak, Leak, ScanReport } from './scan-report.js';
import { scanStyle } from './scan-style.js';
import { fieldNames } from './span-field.js';

/** Bars of a chart, services of the picture, and leaks: more than that nobody reads on a page. */
const mostBars = 15;
const mostServices = 30;
const mostLeaks = 200;

/** A report as one page that stands by itself. */
export function renderScanPage(report: ScanReport): string {
  const body = html`<main>
${head(report)}
${coverage(report)}
${leakList(report)}
${charts(report)}
${exemptedList(report.exempted)}
${foot()}
</main>`;
  return renderPage({
    title: `Spanseal scan: ${verdict(report)}`,
    body,
    style: scanStyle,
    script: pageScript,
  });
}

function verdict({ result, spans, leaks, moreLeaks }: ScanReport): string {
  if (spans === 0 && result === 'clean') return 'There was no span to look at';
  if (result === 'clean') return 'Nothing left that looks secret';
  const count =
    leaks.length === 1 && moreLeaks === 0 ? '1 place' : `${leaks.length}${moreLeaks > 0 ? '+' : ''} places`;
  return `Something still looks secret in ${count}`;
}

function head(report: ScanReport): Markup {
  const { files, requests, spans, values, masked, leaks, faults, limits } = report;
  return pageHead({
    title: 'Spanseal scan',
    verdict: verdict(report),
    tone: report.result === 'clean' ? 'good' : 'bad',
    totals: [
      { name: 'files', count: grouped(files) },
      { name: 'requests', count: grouped(requests) },
      { name: 'spans', count: grouped(spans) },
      { name: 'values', count: grouped(values) },
      { name: 'values masked', count: grouped(masked.values) },
      {
        name: 'places with leaks',
        count: grouped(leaks.length),
        tone: leaks.length > 0 ? 'bad' : 'good',
      },
      ...(faults > 0 ? [{ name: 'faults', count: grouped(faults), tone: 'bad' as const }] : []),
      ...(limits > 0 ? [{ name: 'limits reached', count: grouped(limits), tone: 'bad' as const }] : []),
    ],
  });
}

function leakList({ leaks, moreLeaks, addition }: ScanReport): Markup | undefined {
  if (leaks.length === 0) return undefined;
  const rest = leaks.length - Math.min(leaks.length, mostLeaks);
  const notes = [
    ...(rest > 0 ? [html`<p class="more">and ${grouped(rest)} more places</p>`] : []),
    ...(moreLeaks > 0
      ? [html`<p class="more">and ${grouped(moreLeaks)} values in places that are not listed</p>`]
      : []),
  ];
  const all =
    addition === undefined || leaks.length < 2 ? undefined : allRules(leaks, renderAddition(addition));
  return html`<section>
<h2>What still looks secret</h2>
<p class="lead">After the policy. Each has a rule that was tried on the values: join it to the policy and the finding is gone.</p>
<ol class="leaks">
${leaks.slice(0, mostLeaks).map(leakCard)}
</ol>
${notes}${all}
</section>`;
}

function leakCard(leak: Leak, index: number): Markup {
  const rule =
    leak.proposal === undefined
      ? html`<p class="more">No rule of a policy reaches it.</p>`
      : ruleBlock(leak.proposal.yaml, `rule-${index + 1}`);
  return html`<li class="card"><div>${leakFacts(leak)}</div>${rule}</li>
`;
}

function leakFacts({ field, key, name, kind, message, count, shapes, services }: ExemptedLeak): Markup {
  const noun = field === 'span' ? 'span' : 'value';
  const inside = name === undefined ? undefined : html` › ${name}`;
  const fact = (text: string) => html`<li>${text}</li>`;
  return html`<p class="place"><span class="field">${field}</span> ${key}${inside}</p>
<p class="why">${message}</p>
<ul class="facts"><li class="kind">${kind}</li>${fact(`${grouped(count)} ${noun}${count === 1 ? '' : 's'}`)}${shapes.map((shape) => html`<li><code>${shape}</code></li>`)}${services.map(fact)}</ul>`;
}

function ruleBlock(yaml: string, id: string): Markup {
  return html`<div class="rule"><pre id="${id}">${yaml}</pre><button type="button" data-copies="${id}" hidden>Copy</button></div>`;
}

function allRules(leaks: readonly Leak[], yaml: string): Markup {
  const count = leaks.filter(({ proposal }) => proposal !== undefined).length;
  return html`<h2>All proposals in one</h2>
<p class="lead">The rules of ${grouped(count)} findings, as they stand in a policy file. What masks a whole attribute may be more than you want: read before you join.</p>
${ruleBlock(yaml, 'rule-all')}`;
}

function charts({ masked }: ScanReport): Markup {
  const shape = { format: grouped, most: mostBars };
  const rules = masked.rules.map(({ rule, values }) => ({ label: rule, count: values }));
  const fields = masked.fields.map(({ field, key, masked: count }) =>
    key === undefined ? { label: field, count } : { label: key, context: field, count },
  );
  const services = masked.services.map(({ service, masked: count }) => ({ label: service, count }));
  const sensitive = masked.sensitiveSpans.map(({ service, preset, spans }) => ({
    label: service,
    context: preset,
    count: spans,
  }));
  const all = [
    barChart({ title: 'Values by rule', bars: rules, ...shape }),
    barChart({ title: 'Values by field', bars: fields, ...shape }),
    barChart({ title: 'Values by service', bars: services, ...shape }),
    barChart({ title: 'Spans of sensitive services, masked whole', bars: sensitive, ...shape }),
  ].flatMap((chart) => chart ?? []);
  return html`<section>
<h2>What the policy masks</h2>
<p class="lead">${all.length === 0 ? 'Nothing in these captures.' : 'Values that change or go, by the rule that hits, by where they stand, and by the service that sent them.'}</p>
<div class="charts">
${all}
</div>
</section>`;
}

function coverage({ masked }: ScanReport): Markup | undefined {
  const services = masked.services.filter(({ values }) => values > 0);
  if (services.length === 0) return undefined;
  const columns = fieldNames.filter((name) => services.some(({ fields }) => fields[name] !== undefined));
  const rows = services
    .slice(0, mostServices)
    .map(({ service, fields }) => ({ label: service, cells: fields }));
  const rest = services.length - rows.length;
  return html`<section>
<h2>Where it is covered</h2>
<p class="lead">Each service against each field: the share of values that the policy masks, and in red the values that still look secret.</p>
<div class="card">
${coverageChart({ columns, rows, format: grouped })}
${rest > 0 ? html`<p class="more">and ${grouped(rest)} more services</p>` : undefined}
<ul class="legend">
<li><svg width="14" height="14" aria-hidden="true"><rect class="fill" width="14" height="14" rx="3"/></svg>all masked</li>
<li><svg width="14" height="14" aria-hidden="true"><rect class="track" width="14" height="14" rx="3"/></svg>looked at, nothing to mask</li>
<li><svg width="14" height="14" aria-hidden="true"><circle class="fill leak" cx="7" cy="7" r="7"/></svg>still looks secret</li>
</ul>
</div>
</section>`;
}

function exemptedList(exempted: readonly ExemptedLeak[]): Markup | undefined {
  if (exempted.length === 0) return undefined;
  const cards = exempted.slice(0, mostLeaks).map(
    (leak) => html`<li class="card">${leakFacts(leak)}</li>
`,
  );
  return html`<section>
<h2>What the policy keeps on purpose</h2>
<p class="lead">It looks secret, and an allow rule or a keep rule exempts it. It does not count as a leak.</p>
<ul class="leaks exempted">
${cards}</ul>
</section>`;
}

function foot(): Markup {
  return html`<footer>
<p>No value is in this page, only names, counts and shapes: <code>Aa9-×24</code> are capitals, small letters, digits and dashes, 24 characters in all; <code>ü</code> are other letters, <code>␣</code> is white space, <code>#</code> any other sign.</p>
<p>A search by form and name finds what has a form or a telling name. A secret without either is text like any other.</p>
</footer>`;
}
