const { JsonTraceSerializer, ProtobufTraceSerializer } = require('@opentelemetry/otlp-transformer');
const { BasicTracerProvider, BatchSpanProcessor } = require('@opentelemetry/sdk-trace-base');

exports.createSdk = () => ({
  createProvider: (spanProcessors) => new BasicTracerProvider({ spanProcessors }),
  batch: (exporter) => new BatchSpanProcessor(exporter),
  protobuf: (spans) => ProtobufTraceSerializer.serializeRequest(spans),
  json: (spans) => JsonTraceSerializer.serializeRequest(spans),
});
