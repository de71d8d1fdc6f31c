/** The style of the page of a scan, behind that of all pages. */
export const scanStyle = `
.fill.leak { fill: var(--leak); }
.scroll { overflow-x: auto; }
.coverage { display: block; font: 12px/1 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
.coverage text { fill: var(--ink); }
.coverage .head { fill: var(--soft); }
.coverage .none { fill: none; stroke: var(--line); stroke-dasharray: 3 3; }
.coverage .base { fill: var(--track); }
.coverage .heat { fill: var(--masked); }
.coverage .on { fill: var(--on-masked); }
.coverage .mark { fill: var(--leak); }
.coverage .marked { fill: var(--on-leak); font-size: 10px; font-weight: 700; }
.leaks { list-style: none; margin: 0; padding: 0; display: grid; gap: .75rem; }
.leaks > li { border-left: 4px solid var(--leak); display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: .75rem 1.25rem; align-items: start; }
.leaks.exempted > li { border-left-color: var(--soft); }
.place { margin: 0; font-weight: 650; overflow-wrap: anywhere; }
.place .field { color: var(--soft); font-weight: 500; }
.why { margin: .15rem 0 .5rem; }
.facts .kind { background: var(--leak-soft); color: var(--leak); font-weight: 600; }
.exempted .facts .kind { background: var(--track); color: var(--soft); }
.rule { position: relative; min-width: 0; }
pre { margin: 0; background: var(--code); border: 1px solid var(--line); border-radius: .45rem; padding: .7rem .9rem; overflow-x: auto; font: .84rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
button { position: absolute; top: .45rem; right: .45rem; font: inherit; font-size: .8rem; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: .4rem; padding: .2rem .65rem; cursor: pointer; }
button:hover, button:focus-visible { border-color: var(--masked); outline: none; box-shadow: 0 0 0 2px var(--track); }
@media print {
  button { display: none; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  .coverage { max-width: 100%; height: auto; }
}
`;
