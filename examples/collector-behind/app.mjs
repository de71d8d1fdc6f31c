// Sends ten orders, masked and sealed, to the collector that the OTEL_EXPORTER_OTLP_* variables name.
import { trace } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { SignedOtlpExporter } from '@spanseal/otlp-exporter';
import { createKeyRing } from '@spanseal/seal';
import { MaskingSpanProcessor } from '@spanseal/span-processor';

const { SPANSEAL_KEY_ID: id = '', SPANSEAL_SIGNING_KEY: secret = '' } = process.env;
const exporter = new SignedOtlpExporter({ keyRing: createKeyRing({ primary: { id, secret } }) });
const provider = new NodeTracerProvider({
  resource: resourceFromAttributes({ 'service.name': 'shop' }),
  spanProcessors: [new MaskingSpanProcessor(new BatchSpanProcessor(exporter))],
});
provider.register();

const tracer = trace.getTracer('shop');
for (let order = 0; order < 10; order++) {
  tracer.startActiveSpan(`order ${order}`, (span) => {
    span.setAttribute('url.full', 'https://shop.example/orders?user=alice&password=hunter2');
    span.setAttribute('http.request.body', '{"card": "4111 1111 1111 1111", "note": "thanks"}');
    if (order === 7) span.recordException(new Error('no mailbox for alice@example.com'));
    span.end();
  });
}

// The SDK throws when its last export failed; what became of the spans, the exporter says.
// The processor does not shut its exporter down when its own last export fails, and the stream would have no end.
await provider.shutdown().catch(({ message }) => {
  console.error(message);
  return exporter.shutdown();
});
const { sealed, failedExports } = exporter.counters();
console.log(`${sealed} spans sealed, ${failedExports} exports failed`);
process.exitCode = failedExports === 0 ? 0 : 1;
