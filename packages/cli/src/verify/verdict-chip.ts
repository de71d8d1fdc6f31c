import {
  type Report,
  type SpanVerdict,
  type StreamVerdict,
  streamWeightOf,
  type Weight,
  weightOf,
} from '@spanseal/seal';
import { html, type Markup } from '../page/markup.js';
import type { Tone } from '../page/page-head.js';

const tones: Readonly<Record<Weight, Tone>> = { intact: 'good', incomplete: 'warn', tampered: 'bad' };

/** Weights from the worst to the best. */
const worst: readonly Weight[] = ['tampered', 'incomplete', 'intact'];

export function toneOf(weight: Weight): Tone {
  return tones[weight];
}

/** Where a weight stands among all, the worst first. */
export function rankOf(weight: Weight): number {
  return worst.indexOf(weight);
}

const streamVerdicts: Readonly<Record<StreamVerdict, true>> = {
  complete: true,
  'declared-loss': true,
  'sampled-or-deleted': true,
  missing: true,
  truncated: true,
  stale: true,
  restart: true,
  fork: true,
};

export function isStreamVerdict(verdict: SpanVerdict | StreamVerdict): verdict is StreamVerdict {
  return Object.hasOwn(streamVerdicts, verdict);
}

/**
 * What a verdict makes of a result. In one that is not `tampered`, nothing proves a change: a source does not keep what differs,
 * or it is a whole request that is malformed.
 */
export function weightIn({ result, spans }: Report, verdict: SpanVerdict | StreamVerdict): Weight {
  const weight = isStreamVerdict(verdict) ? streamWeightOf(verdict) : weightOf(verdict);
  const isOfSpan = verdict !== 'malformed' || spans.malformed !== undefined;
  return weight === 'tampered' && (result !== 'tampered' || !isOfSpan) ? 'incomplete' : weight;
}

/** A word in the colour of what it proves. */
export function verdictChip(word: string, weight: Weight): Markup {
  return html`<span class="${`chip ${toneOf(weight)}`}">${word}</span>`;
}
