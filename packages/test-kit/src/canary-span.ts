import type { Canaries } from './canaries.js';
import type { LineAttributes, LineProvider, LineReadableSpan, LineSpan, SdkLine } from './sdk-line.js';

/** Resource attributes for {@link SdkLine.createProvider} with the resource's canaries in them. */
export function canaryResource(canaries: Canaries): LineAttributes {
  return {
    'service.name': 'checkout',
    'deployment.note': canaries.resourceAttribute.text,
    [`note.${canaries.resourceAttributeKey.text}`]: 'a key that holds a secret',
  };
}

/**
 * Starts a span with a canary in every place that the line can carry. Not ended yet. The SDKs ignore scope attributes:
 * `scopeAttribute` is not planted.
 */
export function startCanarySpan(
  line: SdkLine,
  provider: LineProvider,
  canaries: Canaries,
): LineSpan & LineReadableSpan {
  const { api } = line;
  const tracer = provider.getTracer(canaries.scopeName.text, canaries.scopeVersion.text);
  const remote = (digit: string, state: string) => ({
    traceId: digit.repeat(32),
    spanId: digit.repeat(16),
    traceFlags: api.TraceFlags.SAMPLED,
    isRemote: true,
    traceState: api.createTraceState(`vendor=${state}`),
  });
  const parent = api.trace.setSpanContext(api.ROOT_CONTEXT, remote('a', canaries.traceState.text));
  const link = {
    context: remote('b', canaries.linkTraceState.text),
    attributes: {
      note: canaries.linkAttribute.text,
      [`note.${canaries.linkAttributeKey.text}`]: 'a key that holds a secret',
    },
  };
  const options = { kind: api.SpanKind.CLIENT, attributes: canaryAttributes(line, canaries), links: [link] };
  const span = tracer.startSpan(canaries.spanName.text, options, parent);
  span.addEvent(canaries.eventName.text, {
    note: canaries.eventAttribute.text,
    [`note.${canaries.eventAttributeKey.text}`]: 'a key that holds a secret',
  });
  span.setStatus({ code: api.SpanStatusCode.ERROR, message: canaries.statusMessage.text });
  return span;
}

function canaryAttributes(line: SdkLine, canaries: Canaries): LineAttributes {
  const attributes: LineAttributes = {
    note: canaries.attributeValue.text,
    notes: ['nothing here', canaries.arrayElement.text],
    [`note.${canaries.attributeKey.text}`]: 'a key that holds a secret',
  };
  if (!line.nestedValues) return attributes;
  return {
    ...attributes,
    nested: {
      list: [1, null, { note: canaries.nestedMap.text }],
      [`note.${canaries.nestedMapKey.text}`]: 'a key that holds a secret',
    },
    payload: Buffer.from(canaries.bytes.text),
  };
}
