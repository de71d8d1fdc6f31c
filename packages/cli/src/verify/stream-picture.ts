import type { StreamGap } from '@spanseal/seal';
import { counted } from '../grouped-number.js';
import { html, type Markup } from '../page/markup.js';
import { endingText, type StreamEnding, type StreamState } from './stream-state.js';
import { rangeText, type TimeScale } from './time-scale.js';

/** Gaps of one kind that are nearer than this, in percent of the width, are one mark: nobody could tell them apart. */
const nearest = 0.5;

/** The life of a stream as a bar in time, with a mark for each gap and for its end. It has no text: its row says the same. */
export function streamPicture(state: StreamState, scale: TimeScale): Markup {
  const { stream, ending, isForked } = state;
  const from = scale.at(stream.startMillis);
  const to = Math.max(from, scale.at(stream.lastMillis));
  const bar = (y: number, height: number) =>
    html`<rect class="life" x="${percent(from)}" y="${y}" width="${percent(to - from)}" height="${height}"/>`;
  const bars = isForked ? [bar(6.5, 4), bar(13.5, 4)] : [bar(7, 10)];
  const marks = marksOf(stream.gaps ?? [], scale);
  return html`<svg class="stream" width="100%" height="24" role="img" aria-label="${pictureText(state)}"><rect class="track" y="11.5" width="100%" height="1"/>${bars}${marks}${endMark(ending, to)}</svg>`;
}

/** What the picture shows, in a sentence. */
function pictureText({ stream, ending, isForked }: StreamState): string {
  const gaps = kinds.flatMap((kind) => {
    const count = (stream.gaps ?? [])
      .filter((gap) => gap.kind === kind)
      .reduce((sum, gap) => sum + gap.count, 0);
    return count > 0 ? [gapText(kind, count)] : [];
  });
  const parts = [
    `Stream ${stream.stream}, ${stream.verdict}`,
    rangeText(stream.startMillis, stream.lastMillis),
    ...gaps,
    ...(isForked ? ['two histories'] : []),
    endingText(ending),
  ];
  return parts.join('; ');
}

const kinds: readonly StreamGap['kind'][] = ['sampled', 'declared', 'missing', 'checkpoints'];

const words: Readonly<Record<StreamGap['kind'], string>> = {
  missing: 'missing',
  declared: 'not there, as the exporter said',
  sampled: 'not there with the whole of their traces',
  checkpoints: 'missing',
};

/** `3 spans missing`. */
export function gapText(kind: StreamGap['kind'], count: number): string {
  return `${counted(count, kind === 'checkpoints' ? 'checkpoint' : 'span')} ${words[kind]}`;
}

/** Each kind has a form of its own, and not a colour alone: high, hollow, dotted, low. */
const forms: Readonly<Record<StreamGap['kind'], { readonly y: number; readonly height: number }>> = {
  missing: { y: 2, height: 20 },
  declared: { y: 4, height: 16 },
  sampled: { y: 7, height: 10 },
  checkpoints: { y: 20, height: 3 },
};

function marksOf(gaps: readonly StreamGap[], scale: TimeScale): Markup[] {
  return kinds.flatMap((kind) => {
    const { y, height } = forms[kind];
    const places = joined(
      gaps
        .filter((gap) => gap.kind === kind)
        .map(({ fromMillis, toMillis }) => [scale.at(fromMillis), scale.at(Math.max(fromMillis, toMillis))]),
    );
    return places.map(
      ([from, to]) =>
        html`<rect class="${`gap ${kind}`}" x="${percent(from)}" y="${y}" width="${percent(to - from)}" height="${height}"/>`,
    );
  });
}

type Place = readonly [from: number, to: number];

/** Places in ascending order, those that are too near to each other as one. */
function joined(places: readonly Place[]): readonly Place[] {
  const found: [number, number][] = [];
  for (const [from, to] of [...places].sort((one, other) => one[0] - other[0])) {
    const last = found.at(-1);
    if (last !== undefined && from - last[1] < nearest) last[1] = Math.max(last[1], to);
    else found.push([from, to]);
  }
  return found;
}

function endMark(ending: StreamEnding, at: number): Markup | undefined {
  const shape = endShapes[ending];
  return shape === undefined
    ? undefined
    : html`<svg class="ending" aria-hidden="true" x="${percent(at)}" width="14" height="24" overflow="visible">${shape}</svg>`;
}

/** Drawn from where the bar ends, to the right of it. */
const endShapes: Readonly<Record<StreamEnding, Markup | undefined>> = {
  ended: html`<rect class="stop" x="2" y="3" width="3" height="18"/>`,
  running: html`<path class="goes-on" d="M4 4 L14 12 L4 20 Z"/>`,
  'no-end': html`<path class="cut" d="M5 7 L14 17 M14 7 L5 17"/>`,
  unknown: undefined,
};

/** The marks that occur in pictures, and what they stand for. */
export function pictureLegend(states: readonly StreamState[]): Markup {
  const found = new Set<string>(
    states.flatMap(({ stream, ending }) => [ending, ...(stream.gaps ?? []).map(({ kind }) => kind)]),
  );
  const gaps = kinds
    .filter((kind) => found.has(kind))
    .map((kind) => {
      const { y, height } = forms[kind];
      const mark = html`<rect class="${`gap ${kind}`}" x="6" y="${y}" width="10" height="${height}"/>`;
      return legendItem(22, mark, legendTexts[kind]);
    });
  const ends = endingKinds
    .filter((ending) => found.has(ending))
    .map((ending) =>
      legendItem(6, html`<svg x="6" overflow="visible">${endShapes[ending]}</svg>`, endingText(ending)),
    );
  return html`<ul class="legend">
${[...gaps, ...ends]}</ul>`;
}

const endingKinds: readonly StreamEnding[] = ['ended', 'running', 'no-end'];

const legendTexts: Readonly<Record<StreamGap['kind'], string>> = {
  missing: 'spans missing',
  declared: 'spans not there, as the exporter said',
  sampled: 'whole traces not there',
  checkpoints: 'checkpoints missing',
};

function legendItem(life: number, mark: Markup, text: string): Markup {
  return html`<li><svg class="stream" width="22" height="24" aria-hidden="true"><rect class="life" y="7" width="${life}" height="10"/>${mark}</svg>${text}</li>
`;
}

function percent(value: number): string {
  return `${Number(value.toFixed(2))}%`;
}
