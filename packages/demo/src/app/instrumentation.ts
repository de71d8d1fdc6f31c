import type { Span } from '@opentelemetry/api';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { AwsInstrumentation } from '@opentelemetry/instrumentation-aws-sdk';
import { ExpressInstrumentation, ExpressLayerType } from '@opentelemetry/instrumentation-express';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';

// This module must be loaded before the modules that it instruments: they are patched as they are required.

/** JSON without what a person would not read: the SDK's own metadata, and streams. */
function readable(data: object): string {
  return JSON.stringify(data, (key, value: unknown) => {
    if (key === '$metadata') return undefined;
    return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
  });
}

/** The careless part, as several products ship it: whatever AWS answered goes onto the span. */
function recordAnswer(span: Span, data: unknown): void {
  if (typeof data === 'object' && data !== null && !('Body' in data)) {
    span.setAttribute('aws.response.body', readable(data));
  }
}

registerInstrumentations({
  instrumentations: [
    new HttpInstrumentation(),
    new UndiciInstrumentation(),
    new ExpressInstrumentation({
      ignoreLayersType: [ExpressLayerType.MIDDLEWARE, ExpressLayerType.REQUEST_HANDLER],
    }),
    new AwsInstrumentation({ responseHook: (span, { response }) => recordAnswer(span, response.data) }),
  ],
});
