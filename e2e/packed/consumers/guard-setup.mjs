// Sets up tracing as apps do, with exporters that keep what leaves in files.
import { appendFileSync } from 'node:fs';
import { trace } from '@opentelemetry/api';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { batch, createProvider, hasNestedValues, simple } from './guard-sdk.mjs';

const { OUTPUT, CANARIES, QUEUED } = process.env;
const canaries = JSON.parse(CANARIES);

const exporterTo = (name) => ({
  export(spans, done) {
    appendFileSync(
      `${OUTPUT}.${name}.jsonl`,
      `${Buffer.from(JsonTraceSerializer.serializeRequest(spans))}\n`,
    );
    appendFileSync(`${OUTPUT}.${name}.bin`, ProtobufTraceSerializer.serializeRequest(spans));
    done({ code: 0 });
  },
  forceFlush: async () => {},
  shutdown: async () => {},
});

// A simple processor exports at once, so nothing is in its hands when a guard comes late.
const processors = [batch(exporterTo('batch')), ...(QUEUED ? [] : [simple(exporterTo('simple'))])];
const provider = createProvider(processors, {
  'service.name': 'checkout',
  'deployment.note': canaries.resourceAttribute,
  [`note.${canaries.resourceAttributeKey}`]: 'a key that holds a secret',
});
const early = trace.getTracer('before the registration');
trace.setGlobalTracerProvider(provider);
const running = trace.getTracer('queue').startSpan(canaries.spanName);
if (QUEUED) {
  const queued = trace.getTracer('queue').startSpan(canaries.spanName);
  queued.setAttribute('note', canaries.attributeValue).end();
}
globalThis.guardApp = { provider, early, running, canaries, hasNestedValues };
