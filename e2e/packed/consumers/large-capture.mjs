// Writes a capture of so many megabytes of sealed lean spans: `large-capture.mjs FILE protobuf|jaeger MEGABYTES SECRET`.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { encodeTraceRequest } from '@spanseal/otlp';
import { createKeyRing, createSpanSealer } from '@spanseal/seal';

const [file, format, megabytes, secret] = process.argv.slice(2);
const keyRing = createKeyRing({ primary: { id: 'k-large', secret } });
const sealer = createSpanSealer({ keyRing, startMillis: Date.now(), random: randomBytes(12) });
const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] };
const scope = { name: 'app' };
const texts = {
  'http.request.method': 'GET',
  'url.scheme': 'https',
  'server.address': 'shop.example',
  'user_agent.original': 'Mozilla/5.0 (X11; Linux x86_64)',
  'network.protocol.version': '1.1',
};

function sealedSpan(traceId, number) {
  const start = BigInt(Date.now()) * 1_000_000n;
  const span = {
    traceId,
    spanId: randomBytes(8).toString('hex'),
    name: 'GET /orders/{id}',
    kind: 2,
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(start + 5_000_000n),
    attributes: Object.entries({ ...texts, 'url.path': `/orders/${number}` }).map(([key, stringValue]) => ({
      key,
      value: { stringValue },
    })),
    status: {},
  };
  const stringValue = sealer.seal({ span, scope, resource }, Date.now());
  span.attributes.push({ key: 'spanseal.seal', value: { stringValue } });
  return span;
}

function protobufOf(spans) {
  const request = encodeTraceRequest(
    { resourceSpans: [{ resource, scopeSpans: [{ scope, spans }] }] },
    { format: 'protobuf' },
  );
  const length = Buffer.alloc(4);
  length.writeUInt32BE(request.length);
  return Buffer.concat([length, request]);
}

function jaegerTraceOf(spans) {
  const tag = (key, value) => ({ key, type: 'string', value });
  return JSON.stringify({
    traceID: spans[0].traceId,
    spans: spans.map((span) => ({
      traceID: span.traceId,
      spanID: span.spanId,
      operationName: span.name,
      references: [],
      startTime: Number(BigInt(span.startTimeUnixNano) / 1000n),
      duration: 5000,
      tags: [
        ...span.attributes.map(({ key, value }) => tag(key, value.stringValue)),
        tag('otel.scope.name', scope.name),
        tag('span.kind', 'server'),
      ],
      logs: [],
      processID: 'p1',
      warnings: null,
    })),
    processes: { p1: { serviceName: 'shop', tags: [] } },
  });
}

const out = createWriteStream(file);
let [size, spans] = [0, 0];
while (size < megabytes * 1_000_000) {
  const traceId = randomBytes(16).toString('hex');
  const batch = Array.from({ length: format === 'jaeger' ? 20 : 512 }, () => sealedSpan(traceId, spans++));
  const piece =
    format === 'jaeger' ? `${size === 0 ? '{"data":[' : ','}${jaegerTraceOf(batch)}` : protobufOf(batch);
  size += piece.length;
  if (!out.write(piece)) await once(out, 'drain');
}
out.end(format === 'jaeger' ? ']}' : '');
await once(out, 'close');
process.stdout.write(String(spans));
