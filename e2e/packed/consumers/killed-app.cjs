// A service that ends spans until it is killed: `killed-app.cjs SETTINGS`. Prints its stream, and a line when its first spans have left.
const { OTLPTraceExporter } = require('@opentelemetry/exporter-trace-otlp-proto');
const { SigningSpanExporter } = require('@spanseal/otlp-exporter');
const { createKeyRing } = require('@spanseal/seal');
const { endOrderSpan } = require('./order-spans.cjs');
const { createSdk } = require('./sdk.cjs');

const { url, keys, service } = JSON.parse(process.argv[2]);
const sdk = createSdk();
const signing = new SigningSpanExporter(new OTLPTraceExporter({ url, timeoutMillis: 2000 }), {
  keyRing: createKeyRing(keys),
  checkpoints: { everySpans: 16, everySeconds: 1 },
});
const provider = sdk.createProvider(
  [sdk.batch(signing, { scheduledDelayMillis: 20, maxExportBatchSize: 10, maxQueueSize: 500 })],
  { 'service.name': service },
);
const tracer = provider.getTracer('orders', '4.5.6');
let id = 0;
setInterval(() => {
  for (let burst = id + 5; id < burst; id++) endOrderSpan(tracer, id, sdk);
}, 5);
console.log(signing.stream);
endOrderSpan(tracer, id++, sdk);
const say = () => console.log('sent');
// The SDK rejects where an export failed.
provider.forceFlush().then(say, say);
