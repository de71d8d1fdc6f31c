import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

export const hasNestedValues = true;
export const createProvider = (spanProcessors, resource) =>
  new TracerProvider({ spanProcessors, resource: resourceFromAttributes(resource) });
export const batch = (exporter) => new BatchSpanProcessor({ exporter });
export const simple = (exporter) => new SimpleSpanProcessor({ exporter });
