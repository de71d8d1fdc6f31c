const { BasicTracerProvider, BatchSpanProcessor, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-base');
const { resourceFromAttributes } = require('@opentelemetry/resources');

module.exports = {
  name: '2.12',
  nestedValues: false,
  api: require('@opentelemetry/api'),
  transformer: require('@opentelemetry/otlp-transformer'),
  metrics: require('@opentelemetry/sdk-metrics'),
  GrpcExporter: require('@opentelemetry/exporter-trace-otlp-grpc').OTLPTraceExporter,
  HttpJsonExporter: require('@opentelemetry/exporter-trace-otlp-http').OTLPTraceExporter,
  HttpProtobufExporter: require('@opentelemetry/exporter-trace-otlp-proto').OTLPTraceExporter,
  createProvider: ({ spanProcessors, resource = {}, spanLimits = {} }) =>
    new BasicTracerProvider({ spanProcessors, spanLimits, resource: resourceFromAttributes(resource) }),
  simpleProcessor: (exporter) => new SimpleSpanProcessor(exporter),
  batchProcessor: (exporter, options = {}) => new BatchSpanProcessor(exporter, options),
};
