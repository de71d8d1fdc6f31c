import type { SpanInRequest } from '@spanseal/seal';
import { inOrder, type StreamExpected, type ToldInput } from './implementation.js';
import type { KeyRingInput } from './key-ring-input.js';
import { times, type VerdictRow } from './verdict-case.js';

const intact: ReadonlySet<string> = new Set(['complete', 'declared-loss', 'sampled-or-deleted']);

/** What came, and what the verifier is told. */
interface Given {
  readonly items: readonly SpanInRequest[];
  readonly told?: ToldInput;
  readonly ring?: KeyRingInput;
  readonly streams: readonly StreamExpected[];
}

/** Spans that all verify, some checkpoints among them, and the verdicts on their streams. */
export function streamRow(id: string, says: string, { items, told, ring, streams }: Given): VerdictRow {
  const checkpoints = items.filter(({ span }) => span.name === 'spanseal.checkpoint').length;
  const expected = {
    spans: times(items.length - checkpoints, { verdict: 'valid' }),
    checkpoints: times(checkpoints, { findings: [] }),
    streams: inOrder(streams),
  };
  const kind = streams.every(({ verdict }) => intact.has(verdict)) ? 'positive' : 'negative';
  return { id, kind, says, items, expected, ...(told && { told }), ...(ring && { ring }) };
}
