// Puts a secret in every place of a span, and ends what tracing there is.
import {
  createTraceState,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';

const { provider, early, running, canaries, hasNestedValues } = globalThis.guardApp;
const note = 'a key that holds a secret';
const remote = (digit, state) => ({
  traceId: digit.repeat(32),
  spanId: digit.repeat(16),
  traceFlags: TraceFlags.SAMPLED,
  isRemote: true,
  traceState: createTraceState(`vendor=${state}`),
});
const attributes = {
  note: canaries.attributeValue,
  notes: ['nothing here', canaries.arrayElement],
  [`note.${canaries.attributeKey}`]: note,
  ...(hasNestedValues && {
    nested: { list: [1, null, { note: canaries.nestedMap }], [`note.${canaries.nestedMapKey}`]: note },
    payload: Buffer.from(canaries.bytes),
  }),
};

function fill(span) {
  span.setAttributes(attributes);
  span.addEvent(canaries.eventName, {
    note: canaries.eventAttribute,
    [`note.${canaries.eventAttributeKey}`]: note,
  });
  span.recordException(new Error(canaries.statusMessage));
  span.setStatus({ code: SpanStatusCode.ERROR, message: canaries.statusMessage });
  span.end();
}

const parent = trace.setSpanContext(ROOT_CONTEXT, remote('a', canaries.traceState));
const links = [
  {
    context: remote('b', canaries.linkTraceState),
    attributes: { note: canaries.linkAttribute, [`note.${canaries.linkAttributeKey}`]: note },
  },
];
const options = { kind: SpanKind.CLIENT, attributes, links };
for (const tracer of [early, trace.getTracer(canaries.scopeName, canaries.scopeVersion)]) {
  const span = tracer.startSpan(canaries.spanName, options, parent);
  fill(tracer.startSpan(canaries.spanName, {}, trace.setSpan(parent, span)));
  fill(span);
  tracer.startActiveSpan(canaries.spanName, options, parent, fill);
}
fill(running);

provider.forceFlush().then(() => provider.shutdown());
