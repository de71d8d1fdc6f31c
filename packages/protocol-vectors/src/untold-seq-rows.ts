import type { SpanInRequest } from '@spanseal/seal';
import { startMillis } from './sealed-span.js';
import { SealedStream } from './sealed-stream.js';
import { streamRow } from './stream-row.js';
import { streamVerdict, type VerdictRow } from './verdict-case.js';

/** Seqs that are not there, and that no checkpoint tells of yet. */
export function untoldSeqRows(): readonly VerdictRow[] {
  const stream = new SealedStream();
  const early = stream.spans(3);
  const first = stream.checkpoint();
  const late = stream.spans(3);
  const end = stream.end();
  const told = { now_millis: startMillis };
  const of = (verdict: string, ...missing: [number, number][]) => ({
    streams: [streamVerdict(stream.id, verdict, missing)],
  });
  const without = (items: readonly SpanInRequest[], place: number): readonly SpanInRequest[] =>
    items.filter((_, at) => at !== place);
  return [
    streamRow(
      'untold',
      'The seals say that checkpoints follow, and none tells of the span that is not there.',
      {
        items: without(early, 1),
        ...of('truncated'),
      },
    ),
    streamRow('untold-alive', 'The same while the stream goes on: the span can be on its way.', {
      items: without(early, 1),
      told,
      ...of('complete'),
    }),
    streamRow('untold-behind', 'A span that is not there, behind the last checkpoint.', {
      items: [...early, first, ...without(late, 1)],
      told,
      ...of('complete'),
    }),
    streamRow('untold-and-told', 'One before the last checkpoint is not there, and one behind it.', {
      items: [...without(early, 1), first, ...without(late, 1)],
      told,
      ...of('missing', [1, 1]),
    }),
    streamRow('untold-last-told', 'The checkpoint is about the last seq before it, and no further.', {
      items: [...without(early, 2), first, ...without(late, 0)],
      told,
      ...of('missing', [2, 2]),
    }),
    streamRow('untold-then-told', 'The next checkpoint tells of it: it is missing.', {
      items: [...early, first, ...without(late, 1), end],
      ...of('missing', [4, 4]),
    }),
  ];
}
