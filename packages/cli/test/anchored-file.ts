import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { encodeTraceRequest, type Span } from '@spanseal/otlp';
import { createKeyRing, createSpanSealer } from '@spanseal/seal';
import { folder, realm, secret } from './spanseal.js';

export const spanId = (number: number): string => (number + 1).toString(16).padStart(16, '0');

/** A file with five spans of one stream, but those without a seal, and the checkpoint of all five; beside it `witness`, with its text. */
export function anchoredFile({
  leaves = [0, 1, 2, 3, 4] as readonly number[],
  checkpoint = true,
} = {}): string {
  const keyRing = createKeyRing({ realm, primary: { id: 'k-cli', secret } });
  const startMillis = Date.now();
  const sealer = createSpanSealer({ keyRing, startMillis, random: randomBytes(12), checkpoints: true });
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const spans = [0, 1, 2, 3, 4].map((number): Span => {
    const span = { traceId, spanId: spanId(number), name: 's', endTimeUnixNano: `${startMillis}000000` };
    const stringValue = sealer.seal({ span }, startMillis);
    return { ...span, attributes: [{ key: 'spanseal.seal', value: { stringValue } }] };
  });
  const texts = sealer.checkpoint({ nowMillis: startMillis, end: true }).map(({ text }) => text);
  const carriers = texts.map((text): Span => {
    const attributes = [{ key: 'spanseal.checkpoint', value: { stringValue: text } }];
    return { traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8), name: 'spanseal.checkpoint', attributes };
  });
  const kept = spans.filter((_, number) => leaves.includes(number));
  const request = {
    resourceSpans: [
      {
        scopeSpans: [
          { spans: kept },
          { scope: { name: '@spanseal/otlp-exporter' }, spans: checkpoint ? carriers : [] },
        ],
      },
    ],
  };
  const bytes = encodeTraceRequest(request, { format: 'protobuf' });
  return join(folder({ 'spans.pb': bytes, witness: texts.join('\n') }), 'spans.pb');
}
