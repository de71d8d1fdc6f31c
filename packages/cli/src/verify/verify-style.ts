/** The style of the page of a verification, behind that of all pages. */
export const verifyStyle = `
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1.25rem 0 -1rem; }
a { color: var(--masked); }
.meaning { overflow-wrap: anywhere; }
.chip { display: inline-block; border-radius: 1rem; padding: 0 .6rem; font-size: .82rem; font-weight: 600; line-height: 1.55; white-space: nowrap; background: var(--track); color: var(--ink); }
.chip.good { background: var(--clean-soft); color: var(--clean); }
.chip.warn { background: var(--warn-soft); color: var(--warn); }
.chip.bad { background: var(--leak-soft); color: var(--leak); }
small { color: var(--soft); font-size: .86em; }
p small, li small { overflow-wrap: anywhere; }
.axis { display: flex; justify-content: space-between; gap: .75rem; margin: 0; padding-bottom: .35rem; border-bottom: 1px solid var(--line); color: var(--soft); font-size: .8rem; font-variant-numeric: tabular-nums; }
.axis :last-child { text-align: right; }
.streams, .traces, .spans, .plain, .messages { list-style: none; margin: 0; padding: 0; }
.streams > li { padding: .85rem 0; border-bottom: 1px solid var(--line); }
.streams .name, .streams .said { margin: 0; overflow-wrap: anywhere; }
.streams .said { color: var(--soft); font-size: .88rem; }
.streams .messages { margin: .25rem 0 .4rem; font-size: .92rem; }
svg.stream { display: block; margin: .3rem 0; overflow: visible; }
.legend svg.stream { display: inline-block; margin: 0 .4rem 0 0; vertical-align: middle; }
.life { fill: var(--masked); stroke: var(--masked); stroke-width: 1.5; stroke-linejoin: round; }
.many .life { stroke: none; }
.gap { stroke-width: 2; stroke-linejoin: round; }
.gap.missing, .gap.checkpoints { fill: var(--leak); stroke: var(--leak); }
.gap.declared { fill: var(--card); stroke: var(--warn); }
.gap.sampled { fill: var(--card); stroke: var(--soft); stroke-dasharray: 2 2; }
.stop { fill: var(--ink); }
.goes-on { fill: var(--masked); }
.cut { fill: none; stroke: var(--warn); stroke-width: 3; }
.traces { display: grid; gap: .75rem; }
.traces h3 { margin: 0 0 .25rem; font-size: .95rem; overflow-wrap: anywhere; }
.traces h3 small { font-weight: 400; }
.spans > li { display: grid; grid-template-columns: 10.5rem 8.5rem 1fr; gap: .2rem .9rem; align-items: baseline; padding: .55rem 0; border-top: 1px solid var(--line); }
.spans > li > div { min-width: 0; }
.spans .chip { justify-self: start; }
.spans .span { overflow-wrap: anywhere; }
.spans p { margin: 0 0 .3rem; overflow-wrap: anywhere; }
.plain > li { padding: .4rem 0; overflow-wrap: anywhere; }
.plain > li + li { border-top: 1px solid var(--line); }
.card.plain { padding: .35rem 1.1rem; }
.card + .plain { margin-top: .75rem; }
.streams + .legend { margin-top: .75rem; }
.glossary { margin: 0; }
.glossary > div { display: grid; grid-template-columns: 16rem 1fr; gap: .1rem 1rem; padding: .5rem 0; }
.glossary > div + div { border-top: 1px solid var(--line); }
.glossary dd { margin: 0; }
@media (max-width: 44rem) {
  .spans > li { grid-template-columns: 1fr auto; }
  .spans > li > div { grid-column: 1 / -1; }
  .glossary > div { grid-template-columns: 1fr; }
  .axis .middle { display: none; }
}
@media print {
  nav { display: none; }
  .streams > li, .spans > li, .glossary > div { break-inside: avoid; }
  .traces > .card, .card { break-inside: auto; }
  .chip { border: 1px solid currentcolor; }
}
`;
