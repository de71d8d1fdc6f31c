import type { Span, TraceRequest } from '@spanseal/otlp';
import { anchored, carrying, five, numbers, plainSpan } from './anchored-stream.js';
import { forgedRequest, forgeSeal, stolenKey, streamId } from './forger.js';
import { sealedRequest, startMillis } from './sealed-request.js';

export const spansOf = (request: TraceRequest): Span[] =>
  request.resourceSpans[0]?.scopeSpans[0]?.spans ?? [];

/** A stream of five spans with its last checkpoint, after its spans were changed. */
export function after(change: (spans: Span[], request: TraceRequest) => void): TraceRequest[] {
  const { spans, last } = five();
  change(spansOf(spans), spans);
  return [spans, carrying(last)];
}

const sealOf = (span: Span | undefined) => span?.attributes?.find(({ key }) => key === 'spanseal.seal');
export const textOf = (span: Span | undefined): string => sealOf(span)?.value?.stringValue ?? '';

export function setSeal(span: Span | undefined, text: string): void {
  const seal = sealOf(span);
  if (seal !== undefined) seal.value = { stringValue: text };
}

export const editSeal = (edit: (parts: string[]) => void) => (spans: Span[]) => {
  const parts = textOf(spans[1]).split('~');
  edit(parts);
  setSeal(spans[1], parts.join('~'));
};

/** A span that a forger can seal: without events and links. */
export function spanEndedAt(number: number, endMillis = startMillis): Span {
  return { ...plainSpan(number), endTimeUnixNano: `${endMillis}000000` };
}

/** A request with a span that somebody sealed who has the span key of one epoch of the stream, for a time. */
export function sealedWith(
  stolen: number,
  claim: { epoch: number; endMillis: number; seq?: number; marks?: number },
): TraceRequest {
  const stream = streamId(7);
  const span = spanEndedAt(40, claim.endMillis);
  const key = stolenKey('span', { stream, epoch: stolen });
  return forgedRequest([[span, forgeSeal(span, key, { stream, seq: 5, ...claim })]]);
}

/** Five spans in epoch 0, a checkpoint for them, five in epoch 3, and the end. */
export function twoStretches(): { early: TraceRequest; late: TraceRequest; checkpoints: TraceRequest } {
  const by = anchored();
  const early = sealedRequest(numbers(5), by);
  const first = by.checkpoint({ nowMillis: startMillis + 2000 });
  const inThird = startMillis + 910_000;
  const late = sealedRequest(
    numbers(5, 5).map((span) => ({ ...span, endTimeUnixNano: `${inThird}000000` })),
    { ...by, seal: (item) => by.seal(item, inThird) },
  );
  return {
    early,
    late,
    checkpoints: carrying([...first, ...by.checkpoint({ nowMillis: inThird, end: true })]),
  };
}

/** The same stream id twice, by one who has its root key, with other spans in it. */
export function history(from: number): TraceRequest[] {
  const by = anchored();
  const spans = sealedRequest(numbers(5, from), by);
  return [spans, carrying(by.checkpoint({ nowMillis: startMillis + 2000, end: true }))];
}
