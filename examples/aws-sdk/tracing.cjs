// OpenTelemetry, set up as any app does; nothing here knows of Spanseal.
const { appendFileSync, rmSync } = require('node:fs');
const { registerInstrumentations } = require('@opentelemetry/instrumentation');
const { AwsInstrumentation } = require('@opentelemetry/instrumentation-aws-sdk');
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
registerInstrumentations({
  instrumentations: [
    new AwsInstrumentation({
      // The careless part, as several products ship it: whatever AWS answered goes onto the span.
      responseHook: (span, { response }) => {
        const { $metadata, ...answer } = response.data;
        span.setAttribute('aws.response.body', JSON.stringify(answer));
      },
    }),
  ],
});
const provider = new NodeTracerProvider({
  resource: resourceFromAttributes({ 'service.name': 'shop' }),
  spanProcessors: [new BatchSpanProcessor(fileExporter)],
});
provider.register();

exports.provider = provider;
