// The layer of the OpenTelemetry project in small: the same packages, set up in the same order, with the hooks that it documents
// (globals that a preload of the function has set).
import { createRequire, register } from 'node:module';

const require = createRequire(import.meta.url);
const { registerInstrumentations } = require('@opentelemetry/instrumentation');
const { AwsLambdaInstrumentation } = require('@opentelemetry/instrumentation-aws-lambda');
const { OTLPTraceExporter } = require('@opentelemetry/exporter-trace-otlp-http');
const { detectResources, envDetector } = require('@opentelemetry/resources');
const { BatchSpanProcessor, NodeTracerProvider } = require('@opentelemetry/sdk-trace-node');

const { configureInstrumentations, configureLambdaInstrumentation, configureTracer } = globalThis;
const lambda = configureLambdaInstrumentation?.({}) ?? {};
const instrumentations = [new AwsLambdaInstrumentation(lambda), ...(configureInstrumentations?.() ?? [])];
const given = { resource: detectResources({ detectors: [envDetector] }), spanProcessors: [] };
const config = configureTracer?.(given) ?? given;
// Its default exporter is there while nothing else is, or when it is asked for.
if (config.spanProcessors.length === 0 || process.env.OTEL_TRACES_EXPORTER === 'otlp')
  config.spanProcessors.push(new BatchSpanProcessor(new OTLPTraceExporter()));
const tracerProvider = new NodeTracerProvider(config);
tracerProvider.register();
registerInstrumentations({ instrumentations, tracerProvider });
if (process.env._HANDLER.startsWith('module.') || Number(process.versions.node.split('.')[0]) >= 24)
  register('import-in-the-middle/hook.mjs', import.meta.url);
