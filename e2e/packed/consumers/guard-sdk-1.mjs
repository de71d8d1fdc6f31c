import { Resource } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';

export const hasNestedValues = false;
export const createProvider = (spanProcessors, resource) =>
  new BasicTracerProvider({ spanProcessors, resource: new Resource(resource) });
export const batch = (exporter) => new BatchSpanProcessor(exporter);
export const simple = (exporter) => new SimpleSpanProcessor(exporter);
