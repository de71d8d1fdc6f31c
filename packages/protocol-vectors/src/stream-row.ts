import type { SpanInRequest } from '@spanseal/seal';
import type { StreamExpected, ToldInput } from './implementation.js';
import { times, type VerdictRow } from './verdict-case.js';

const intact: ReadonlySet<string> = new Set(['complete', 'declared-loss', 'sampled-or-deleted']);

/** What came, and what the verifier is told. */
interface Given {
  readonly items: readonly SpanInRequest[];
  readonly told?: ToldInput;
  readonly streams: readonly StreamExpected[];
}

/** Spans that all verify, some checkpoints among them, and the verdicts on their streams. */
export function streamRow(id: string, says: string, { items, told, streams }: Given): VerdictRow {
  const checkpoints = items.filter(({ span }) => span.name === 'spanseal.checkpoint').length;
  const expected = {
    spans: times(items.length - checkpoints, { verdict: 'valid' }),
    checkpoints: times(checkpoints, { findings: [] }),
    streams: [...streams].sort((left, right) => (left.stream < right.stream ? -1 : 1)),
  };
  const kind = streams.every(({ verdict }) => intact.has(verdict)) ? 'positive' : 'negative';
  return { id, kind, says, items, expected, ...(told === undefined ? {} : { told }) };
}
