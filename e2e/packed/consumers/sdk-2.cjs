const { JsonTraceSerializer, ProtobufTraceSerializer } = require('@opentelemetry/otlp-transformer');
const { BasicTracerProvider, BatchSpanProcessor } = require('@opentelemetry/sdk-trace-base');

exports.createSdk = () => ({
  hasNestedValues: false,
  createProvider: (spanProcessors, resource) =>
    new BasicTracerProvider({ spanProcessors, ...(resource && { resource: resourceOf(resource) }) }),
  batch: (exporter, options) => new BatchSpanProcessor(exporter, options),
  protobuf: (spans) => ProtobufTraceSerializer.serializeRequest(spans),
  json: (spans) => JsonTraceSerializer.serializeRequest(spans),
});

function resourceOf(attributes) {
  return require('@opentelemetry/resources').resourceFromAttributes(attributes);
}
