import { checkpointAttributeKey } from '@spanseal/otlp';
import { checkpointScopeName, checkpointSpanName, type SpanInRequest } from '@spanseal/seal';
import { text } from './sealed-span.js';

/** The span in which the text of a checkpoint travels. */
export function checkpointItem(checkpoint: string): SpanInRequest {
  return {
    span: {
      traceId: 'c'.repeat(32),
      spanId: 'c'.repeat(16),
      name: checkpointSpanName,
      kind: 1,
      attributes: [text(checkpointAttributeKey, checkpoint)],
    },
    scope: { name: checkpointScopeName, version: '0.1.0' },
  };
}
