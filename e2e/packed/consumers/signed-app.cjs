// An app with one SignedOtlpExporter for each of the settings that it is given: `signed-app.cjs SETTINGS`. Prints what they did.
const { SignedOtlpExporter } = require('@spanseal/otlp-exporter');
const { createKeyRing } = require('@spanseal/seal');
const { endOrderSpan } = require('./order-spans.cjs');
const { createSdk } = require('./sdk.cjs');

async function exportSpans(options, { keys, count }) {
  const sdk = createSdk();
  const exporter = new SignedOtlpExporter({
    ...options,
    keyRing: createKeyRing(keys),
    checkpoints: { everySpans: 8 },
  });
  const stream = exporter.stream;
  const resource = { 'service.name': 'shop', 'service.version': '1.2.3', 'process.pid': process.pid };
  const provider = sdk.createProvider([sdk.batch(exporter, { maxExportBatchSize: 7 })], resource);
  const tracer = provider.getTracer('orders', '4.5.6');
  for (let id = 0; id < count; id++) endOrderSpan(tracer, id, sdk);
  await provider.shutdown();
  return { stream, counters: exporter.counters() };
}

async function main({ exporters, ...settings }) {
  const done = await Promise.all(exporters.map((options) => exportSpans(options, settings)));
  console.log(JSON.stringify(done));
}

main(JSON.parse(process.argv[2]));
