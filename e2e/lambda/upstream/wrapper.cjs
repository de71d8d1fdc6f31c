// The layer of the OpenTelemetry project in small: the same packages, set up in the same order, with the hooks that it documents
// (globals that a preload of the function has set). scripts/lambda-peers.mjs bundles it, as that layer is a bundle.
const { registerInstrumentations } = require('@opentelemetry/instrumentation');
const { AwsLambdaInstrumentation } = require('@opentelemetry/instrumentation-aws-lambda');
const { AwsInstrumentation } = require('@opentelemetry/instrumentation-aws-sdk');
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');
const { OTLPTraceExporter } = require('@opentelemetry/exporter-trace-otlp-http');
const { detectResources, envDetector } = require('@opentelemetry/resources');
const { BatchSpanProcessor, NodeTracerProvider } = require('@opentelemetry/sdk-trace-node');

const { configureInstrumentations, configureLambdaInstrumentation, configureTracer } = globalThis;
const lambda = configureLambdaInstrumentation?.({}) ?? {};
const instrumentations = [
  new AwsInstrumentation({ suppressInternalInstrumentation: true }),
  new AwsLambdaInstrumentation(lambda),
  ...(configureInstrumentations?.() ?? [new HttpInstrumentation()]),
];
const given = { resource: detectResources({ detectors: [envDetector] }), spanProcessors: [] };
const config = configureTracer?.(given) ?? given;
// Its default exporter is there while nothing else is, or when it is asked for.
if (config.spanProcessors.length === 0 || process.env.OTEL_TRACES_EXPORTER === 'otlp')
  config.spanProcessors.push(new BatchSpanProcessor(new OTLPTraceExporter()));
const tracerProvider = new NodeTracerProvider(config);
tracerProvider.register();
registerInstrumentations({ instrumentations, tracerProvider });
