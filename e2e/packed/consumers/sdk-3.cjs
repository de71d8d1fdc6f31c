const { JsonTraceSerializer, ProtobufTraceSerializer } = require('@opentelemetry/otlp-transformer');
const { BatchSpanProcessor, TracerProvider } = require('@opentelemetry/sdk-trace');

exports.createSdk = () => ({
  createProvider: (spanProcessors) => new TracerProvider({ spanProcessors }),
  batch: (exporter) => new BatchSpanProcessor({ exporter }),
  protobuf: (spans) => ProtobufTraceSerializer.serializeRequest(spans),
  json: (spans) => JsonTraceSerializer.serializeRequest(spans),
});
