// A function that brings its own SDK.
const { createRequire } = require('node:module');

const load = createRequire(`${process.env.SDK}/package.json`);
const { trace } = load('@opentelemetry/api');
const { OTLPTraceExporter } = load('@opentelemetry/exporter-trace-otlp-http');
const { BatchSpanProcessor, NodeTracerProvider } = load('@opentelemetry/sdk-trace-node');

const provider = new NodeTracerProvider({
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
});
provider.register();

exports.handler = async ({ queryStringParameters }) => {
  const span = trace.getTracer('own').startSpan('own');
  span.setAttribute('api_key', queryStringParameters.api_key);
  span.end();
  await provider.forceFlush();
  return { ok: true };
};
