// Stands for the layer that traces the function; nothing here knows of Spanseal.
const { appendFileSync, rmSync } = require('node:fs');
const { join } = require('node:path');
const { registerInstrumentations } = require('@opentelemetry/instrumentation');
const { AwsLambdaInstrumentation } = require('@opentelemetry/instrumentation-aws-lambda');
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
// What Lambda says of the function, by which the instrumentation finds it.
process.env._HANDLER = 'handler.handler';
process.env.LAMBDA_TASK_ROOT = join(__dirname, 'function');
registerInstrumentations({
  instrumentations: [
    new AwsLambdaInstrumentation({
      // The careless part: what the function is asked, and what it answers, goes onto the span.
      requestHook: (span, { event }) => span.setAttribute('faas.event', JSON.stringify(event)),
      responseHook: (span, { res }) => span.setAttribute('faas.response', JSON.stringify(res ?? null)),
    }),
  ],
});
const provider = new NodeTracerProvider({
  resource: resourceFromAttributes({ 'service.name': 'orders' }),
  spanProcessors: [new BatchSpanProcessor(fileExporter)],
});
provider.register();

exports.provider = provider;
