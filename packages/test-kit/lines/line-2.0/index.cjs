const {
  BasicTracerProvider,
  BatchSpanProcessor,
  SimpleSpanProcessor,
} = require('@opentelemetry/sdk-trace-base');
const { resourceFromAttributes } = require('@opentelemetry/resources');

module.exports = {
  name: '2.0',
  nestedValues: false,
  api: require('@opentelemetry/api'),
  transformer: require('@opentelemetry/otlp-transformer'),
  get metrics() {
    return require('@opentelemetry/sdk-metrics');
  },
  // The decoder that protobufjs generated from the OTLP definitions; later releases do not ship one.
  get TraceRequestType() {
    const { opentelemetry } = require('@opentelemetry/otlp-transformer/build/src/generated/root');
    return opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
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
    new BasicTracerProvider({ spanProcessors, spanLimits, resource: resourceFromAttributes(resource) }),
  simpleProcessor: (exporter) => new SimpleSpanProcessor(exporter),
  batchProcessor: (exporter, options = {}) => new BatchSpanProcessor(exporter, options),
};
