import type { SpanInRequest } from '@spanseal/seal';
import type { StreamExpected } from './implementation.js';
import { hs256Key, hs512Key, type KeyRingInput, realm } from './key-ring-input.js';
import { SealedStream } from './sealed-stream.js';
import { streamRow } from './stream-row.js';
import { streamVerdict, type VerdictRow } from './verdict-case.js';

/** Two histories under one stream id. */
export function forkRows(): readonly VerdictRow[] {
  const [one, other] = [new SealedStream(), new SealedStream()];
  const spans = one.spans(3);
  const otherSpans = other.spans(3, { name: 'another history' });
  const [end, otherEnd] = [one.end(), other.end()];
  const fork = (id: string, says: string, items: readonly SpanInRequest[]): VerdictRow =>
    streamRow(id, says, { items, streams: [streamVerdict(one.id, 'fork')] });
  return [
    fork('fork-root', 'All spans of a checkpoint are there, and have another root.', [...otherSpans, end]),
    fork('fork-checkpoints', 'Two checkpoints of one number.', [...spans, end, otherEnd]),
    fork('fork-behind-end', 'Spans follow the end.', [...spans, new SealedStream().end()]),
    ...otherKeys(),
    streamRow('fork-unseen', 'A span of a checkpoint is not there: nobody can tell another root.', {
      items: [...otherSpans.slice(1), end],
      streams: [streamVerdict(one.id, 'missing', [[0, 0]])],
    }),
  ];
}

/** A stream id is public: whoever has another key of the ring can seal under it. */
function otherKeys(): readonly VerdictRow[] {
  const ring: KeyRingInput = { realm, keys: [hs256Key, hs512Key] };
  const [one, other] = [
    new SealedStream({ ring }),
    new SealedStream({ ring: { realm, keys: [hs512Key, hs256Key] } }),
  ];
  const spans = one.spans(3);
  const [end, otherEnd] = [one.end(), other.end()];
  const row = (
    id: string,
    says: string,
    given: { items: readonly SpanInRequest[]; missing?: StreamExpected['missing'] },
  ): VerdictRow =>
    streamRow(id, says, {
      ...{ items: given.items, ring },
      streams: [streamVerdict(one.id, 'fork', given.missing), streamVerdict(one.id, 'fork')],
    });
  return [
    row('fork-other-key', 'Another key has made a checkpoint under the same stream id.', {
      items: [...spans, end, otherEnd],
    }),
    row('fork-other-key-end', 'The end that another key has made is none of the stream.', {
      items: [...spans.slice(0, 2), otherEnd],
    }),
    row('fork-other-key-missing', 'What another key says of the stream id hides nothing.', {
      items: [...spans.slice(1), end, otherEnd],
      missing: [[0, 0]],
    }),
  ];
}
