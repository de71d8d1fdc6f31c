const { TracerProvider, BatchSpanProcessor, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace');
const { resourceFromAttributes } = require('@opentelemetry/resources');

module.exports = {
  name: '3.1',
  nestedValues: true,
  api: require('@opentelemetry/api'),
  transformer: require('@opentelemetry/otlp-transformer'),
  get metrics() {
    return require('@opentelemetry/sdk-metrics');
  },
  // Loaded on first use: most tests need none of these, and gRPC alone takes longer to load than the rest.
  get GrpcExporter() {
    return require('@opentelemetry/exporter-trace-otlp-grpc').OTLPTraceExporter;
  },
  get HttpJsonExporter() {
    return require('@opentelemetry/exporter-trace-otlp-http').OTLPTraceExporter;
  },
  get HttpProtobufExporter() {
    return require('@opentelemetry/exporter-trace-otlp-proto').OTLPTraceExporter;
  },
  createProvider: ({ spanProcessors, resource = {}, spanLimits = {} }) =>
    new TracerProvider({ spanProcessors, spanLimits, resource: resourceFromAttributes(resource) }),
  simpleProcessor: (exporter) => new SimpleSpanProcessor({ exporter }),
  batchProcessor: (exporter, options = {}) => new BatchSpanProcessor({ exporter, ...options }),
};
