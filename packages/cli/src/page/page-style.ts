/** The style of report pages: light and dark, narrow and wide, on paper. */
export const pageStyle = `
:root {
  --page: #f7f8f9; --card: #ffffff; --ink: #1b2026; --soft: #5b6570; --line: #dfe3e8; --track: #e9edf1;
  --masked: #1f6f8b; --on-masked: #ffffff; --leak: #b42318; --on-leak: #ffffff; --leak-soft: #fdecea; --clean: #1e7a46;
  --clean-soft: #e6f4ec; --warn: #8a5300; --warn-soft: #fdf1dc; --code: #f1f4f7;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #111417; --card: #191e23; --ink: #e7ebef; --soft: #9aa5b1; --line: #2c343c; --track: #262d34;
    --masked: #4fb3d3; --on-masked: #0c1317; --leak: #ff7a6b; --on-leak: #1d0b09; --leak-soft: #34191a; --clean: #5fd394;
    --clean-soft: #13291d; --warn: #e8b04b; --warn-soft: #33270f; --code: #12171b;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink); line-height: 1.5;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
}
main { max-width: 68rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1rem; font-weight: 600; color: var(--soft); margin: 0 0 .5rem; }
.verdict { font-size: clamp(1.35rem, 4.5vw, 2rem); font-weight: 700; line-height: 1.2; margin: 0 0 1.25rem; text-wrap: balance; }
.verdict::before { content: ""; display: inline-block; width: .62em; height: .62em; border-radius: 50%; margin-right: .45em; background: var(--clean); }
.verdict.is-warn::before { background: var(--warn); }
.verdict.is-bad::before { background: var(--leak); }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .25rem; }
.lead { color: var(--soft); margin: 0 0 1rem; max-width: 46rem; }
.totals { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); gap: .75rem; margin: 0; padding: 0; }
.totals div { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .7rem .9rem; }
.totals dt { color: var(--soft); font-size: .82rem; }
.totals dd { margin: 0; font-size: 1.35rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.totals .bad dd { color: var(--leak); }
.totals .warn dd { color: var(--warn); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1.1rem; }
.charts { columns: 2 24rem; column-gap: 1rem; }
.charts > .card { break-inside: avoid; margin: 0 0 1rem; }
.charts h3 { margin: 0 0 .75rem; font-size: .95rem; }
.bars { list-style: none; margin: 0; padding: 0; display: grid; gap: .55rem; }
.bars li { display: grid; grid-template-columns: 1fr auto; gap: .1rem .75rem; align-items: baseline; }
.bars .label { overflow-wrap: anywhere; font-size: .88rem; }
.bars .label small { color: var(--soft); font-size: 1em; }
.bars .count { font-variant-numeric: tabular-nums; font-size: .88rem; }
.bars svg { grid-column: 1 / -1; width: 100%; height: 8px; display: block; border-radius: 4px; }
.more { color: var(--soft); font-size: .85rem; margin: .6rem 0 0; }
.track { fill: var(--track); }
.fill { fill: var(--masked); }
.legend { display: flex; flex-wrap: wrap; gap: .35rem 1.25rem; color: var(--soft); font-size: .85rem; margin: .75rem 0 0; padding: 0; list-style: none; }
.legend svg { vertical-align: -2px; margin-right: .4rem; }
.facts { display: flex; flex-wrap: wrap; gap: .35rem; margin: 0; padding: 0; list-style: none; font-size: .84rem; }
.facts li { background: var(--track); border-radius: 1rem; padding: .1rem .65rem; overflow-wrap: anywhere; }
code { unicode-bidi: isolate; font: .92em ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .88rem; }
footer p { max-width: 46rem; margin: 0 0 .5rem; }
@media (max-width: 34rem) {
  main { padding: 1.25rem .9rem 3rem; }
  .totals { grid-template-columns: repeat(3, 1fr); gap: .5rem; }
  .totals div { padding: .5rem .65rem; }
  .totals dd { font-size: 1.1rem; }
}
@media print {
  :root {
    --page: #ffffff; --card: #ffffff; --ink: #000000; --soft: #444444; --line: #bbbbbb; --track: #e6e6e6; --masked: #1f6f8b;
    --on-masked: #ffffff; --leak: #b42318; --on-leak: #ffffff; --leak-soft: #ffffff; --clean: #1e7a46;
    --clean-soft: #ffffff; --warn: #8a5300; --warn-soft: #ffffff; --code: #ffffff;
  }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  html { font-size: 11px; }
  .card, .bars li { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
`;
