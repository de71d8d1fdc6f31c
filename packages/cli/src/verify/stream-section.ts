import { type Finding, type StreamGap, type StreamReport, streamWeightOf } from '@spanseal/seal';
import { counted, grouped } from '../grouped-number.js';
import { html, type Markup } from '../page/markup.js';
import { printableName } from '../printable-name.js';
import { healthyRow } from './healthy-streams.js';
import { gapText, pictureLegend, streamPicture } from './stream-picture.js';
import { endingText, type StreamState, streamStates } from './stream-state.js';
import { lengthText, rangeText, type TimeScale, timeScale, utcText } from './time-scale.js';
import { rankOf, verdictChip } from './verdict-chip.js';

/** Rows of streams in which something was found, and of those in which nothing was: more nobody reads. */
const mostRows = 50;
const mostHealthyRows = 12;
/** Of one stream. */
const mostGaps = 8;
const mostMessages = 8;
const mostAbsent = 50;

/** All streams over time, those with findings first and each for itself, many healthy ones together. */
export function streamSection(
  streams: readonly StreamReport[],
  findings: readonly Finding[],
): Markup | undefined {
  const { states, absent } = streamStates(streams, findings);
  if (states.length === 0 && absent.length === 0) return undefined;
  return html`<section id="streams">
<h2>Streams over time</h2>
<p class="lead">A stream is one exporter from its start to its last sign of life. Times are UTC.</p>
${states.length > 0 ? streamCard(states) : undefined}
${absentStreams(absent)}
</section>`;
}

function streamCard(states: readonly StreamState[]): Markup {
  const scale = timeScale(states.map(({ stream }) => stream));
  const healthy = byStart(states.filter(({ stream }) => stream.verdict === 'complete'));
  const others = byWeight(states.filter(({ stream }) => stream.verdict !== 'complete'));
  const shown = others.slice(0, mostRows);
  const single = healthy.length > mostHealthyRows ? [] : healthy;
  const together = healthy.length > mostHealthyRows ? healthyRow(healthy, scale) : undefined;
  return html`<div class="card">
${timeAxis(scale)}
<ol class="streams">
${shown.map((state) => streamRow(state, scale))}${moreStreams(others.slice(mostRows))}${single.map((state) => streamRow(state, scale))}${together}</ol>
${pictureLegend([...shown, ...single])}
</div>`;
}

function byStart(states: readonly StreamState[]): StreamState[] {
  return [...states].sort((one, other) => one.stream.startMillis - other.stream.startMillis);
}

function byWeight(states: readonly StreamState[]): StreamState[] {
  const rank = ({ stream }: StreamState) => rankOf(streamWeightOf(stream.verdict));
  return byStart(states).sort((one, other) => rank(one) - rank(other));
}

/** The time that all pictures of the card have in common. */
function timeAxis({ fromMillis, toMillis }: TimeScale): Markup {
  const middle = utcText((fromMillis + toMillis) / 2);
  return html`<p class="axis"><span>${utcText(fromMillis)}</span><span class="middle">${middle}</span><span>${utcText(toMillis)}</span></p>`;
}

function streamRow(state: StreamState, scale: TimeScale): Markup {
  const { stream, ending } = state;
  const { startMillis, lastMillis, spans, checkpoints = 0 } = stream;
  // Without checkpoints, the last sign of life is the beginning of an epoch.
  const length =
    checkpoints > 0 ? ` (${lengthText(lastMillis - startMillis)})` : ', and up to five minutes more';
  const said = [
    `${rangeText(startMillis, lastMillis)}${length}`,
    counted(spans, 'span'),
    counted(checkpoints, 'checkpoint'),
    endingText(ending),
  ];
  return html`<li><p class="name">${verdictChip(stream.verdict, streamWeightOf(stream.verdict))} <code>${stream.stream}</code> <small>key ${printableName(stream.keyId)}</small></p>
${streamPicture(state, scale)}
<p class="said">${said.join(' · ')}</p>${messageList(state.findings)}${gapList(stream)}</li>
`;
}

function messageList(findings: readonly Finding[]): Markup | undefined {
  if (findings.length === 0) return undefined;
  const shown = findings.slice(0, mostMessages);
  const rest = findings.length - shown.length;
  const items = shown.map(({ message }) => html`<li>${printableName(message, 400)}</li>`);
  return html`<ul class="messages">${items}${rest > 0 ? html`<li>and ${grouped(rest)} more</li>` : undefined}</ul>`;
}

function gapList({ gaps = [], startMillis }: StreamReport): Markup | undefined {
  if (gaps.length === 0) return undefined;
  const joined = joinGaps(gaps);
  const rest = joined.length - Math.min(joined.length, mostGaps);
  const facts = joined.slice(0, mostGaps).map(({ kind, first, last, count, fromMillis, toMillis }) => {
    const noun = kind === 'checkpoints' ? 'number' : 'seq';
    const range = first === last ? `${noun} ${first}` : `${noun} ${first}–${last}`;
    return html`<li>${gapText(kind, count)}: ${range}, ${rangeText(fromMillis, toMillis, startMillis)}</li>`;
  });
  return html`<ul class="facts">${facts}${rest > 0 ? html`<li>and ${counted(rest, 'more gap')}</li>` : undefined}</ul>`;
}

/** Gaps of one kind that follow on each other in time as one. */
function joinGaps(gaps: readonly StreamGap[]): readonly StreamGap[] {
  const found: StreamGap[] = [];
  for (const gap of gaps) {
    const before = found.at(-1);
    if (before?.kind === gap.kind && before.toMillis === gap.fromMillis && before.first <= gap.first) {
      before.count += gap.count;
      before.last = gap.last;
      before.toMillis = gap.toMillis;
    } else found.push({ ...gap });
  }
  return found;
}

function moreStreams(rest: readonly StreamState[]): Markup | undefined {
  if (rest.length === 0) return undefined;
  const counts = new Map<string, number>();
  for (const { stream } of rest) counts.set(stream.verdict, (counts.get(stream.verdict) ?? 0) + 1);
  const kinds = [...counts].map(([verdict, count]) => `${grouped(count)} ${verdict}`).join(', ');
  return html`<li class="more">and ${counted(rest.length, 'more stream')} with findings, not shown: ${kinds}</li>
`;
}

function absentStreams(absent: readonly Finding[]): Markup | undefined {
  if (absent.length === 0) return undefined;
  const rest = absent.length - Math.min(absent.length, mostAbsent);
  const rows = absent.slice(0, mostAbsent).map(
    ({ verdict, stream = '', message }) =>
      html`<li>${verdictChip(verdict, 'incomplete')} <code>${printableName(stream)}</code> ${printableName(message, 400)}</li>
`,
  );
  return html`<ul class="card plain">
${rows}${rest > 0 ? html`<li class="more">and ${grouped(rest)} more</li>` : undefined}</ul>`;
}
