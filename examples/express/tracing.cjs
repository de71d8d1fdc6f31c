// OpenTelemetry, set up as any app does; nothing here knows of Spanseal.
const { appendFileSync, rmSync } = require('node:fs');
const { registerInstrumentations } = require('@opentelemetry/instrumentation');
const { ExpressInstrumentation } = require('@opentelemetry/instrumentation-express');
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');
const { JsonTraceSerializer } = require('@opentelemetry/otlp-transformer');
const { resourceFromAttributes } = require('@opentelemetry/resources');
const { BatchSpanProcessor, NodeTracerProvider } = require('@opentelemetry/sdk-trace-node');

// Where a real service has the OTLP exporter, this one writes a line of OTLP JSON for each batch.
const fileExporter = {
  export(spans, done) {
    appendFileSync('traces.jsonl', `${Buffer.from(JsonTraceSerializer.serializeRequest(spans))}\n`);
    done({ code: 0 });
  },
  shutdown: async () => {},
};

rmSync('traces.jsonl', { force: true });
registerInstrumentations({ instrumentations: [new HttpInstrumentation(), new ExpressInstrumentation()] });
const provider = new NodeTracerProvider({
  resource: resourceFromAttributes({ 'service.name': 'shop' }),
  spanProcessors: [new BatchSpanProcessor(fileExporter)],
});
provider.register();

exports.provider = provider;
