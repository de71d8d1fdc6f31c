// An app whose sealed spans a stock OTLP exporter sends: `sealing-app.cjs SETTINGS`. Prints what its exporter did.
const { SigningSpanExporter } = require('@spanseal/otlp-exporter');
const { createKeyRing } = require('@spanseal/seal');
const { endOrderSpan } = require('./order-spans.cjs');
const { createSdk } = require('./sdk.cjs');

const exporters = {
  grpc: '@opentelemetry/exporter-trace-otlp-grpc',
  'http/protobuf': '@opentelemetry/exporter-trace-otlp-proto',
  'http/json': '@opentelemetry/exporter-trace-otlp-http',
};

async function main({ protocol, url, keys, count, compression }) {
  const { OTLPTraceExporter } = require(exporters[protocol]);
  const sdk = createSdk();
  const signing = new SigningSpanExporter(new OTLPTraceExporter({ url, compression }), {
    keyRing: createKeyRing(keys),
    checkpoints: { everySpans: 8 },
  });
  const stream = signing.stream;
  const resource = { 'service.name': 'shop', 'service.version': '1.2.3', 'process.pid': process.pid };
  const provider = sdk.createProvider([sdk.batch(signing, { maxExportBatchSize: 7 })], resource);
  const tracer = provider.getTracer('orders', '4.5.6');
  for (let id = 0; id < count; id++) endOrderSpan(tracer, id, sdk);
  await provider.shutdown();
  console.log(JSON.stringify({ stream, counters: signing.counters() }));
}

main(JSON.parse(process.argv[2]));
