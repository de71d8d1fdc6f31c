const { JsonTraceSerializer, ProtobufTraceSerializer } = require('@opentelemetry/otlp-transformer');
const { BatchSpanProcessor, TracerProvider } = require('@opentelemetry/sdk-trace');

exports.createSdk = () => ({
  hasNestedValues: true,
  createProvider: (spanProcessors, resource) =>
    new TracerProvider({ spanProcessors, ...(resource && { resource: resourceOf(resource) }) }),
  batch: (exporter, options) => new BatchSpanProcessor({ exporter, ...options }),
  protobuf: (spans) => ProtobufTraceSerializer.serializeRequest(spans),
  json: (spans) => JsonTraceSerializer.serializeRequest(spans),
});

function resourceOf(attributes) {
  return require('@opentelemetry/resources').resourceFromAttributes(attributes);
}
