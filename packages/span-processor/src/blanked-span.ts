import { type MaskedParts, MaskedSpan } from './masked-span.js';
import { copyTime, idOf, numberOf } from './plain-fields.js';
import type { HrTime, InstrumentationScope, ReadableSpan, Resource, SpanContext } from './readable-span.js';

/** The attribute that says why a span has no content. */
const maskedAttribute = 'spanseal.masked';

/**
 * What leaves when a span cannot be masked: ids, times, kind, status code and a marker. Each part is read on its own,
 * because the span itself may be what throws.
 *
 * @returns undefined when not even the ids can be read: such a span cannot leave at all.
 */
export function blankedSpan(
  span: ReadableSpan,
  origin: { readonly resource: Resource; readonly instrumentationScope: InstrumentationScope },
): MaskedSpan | undefined {
  const spanContext = attempt(() => bareContext(span.spanContext()));
  if (spanContext === undefined) return undefined;
  const parentSpanContext = attempt(() => span.parentSpanContext && bareContext(span.parentSpanContext));
  const parts: MaskedParts = {
    ...origin,
    name: 'masked',
    attributes: { [maskedAttribute]: 'fault' },
    events: [],
    links: [],
    status: { code: number(() => span.status.code) },
    droppedAttributesCount: number(() => span.droppedAttributesCount),
    spanContext,
    parentSpanContext,
  };
  return new MaskedSpan(bareFields(span, spanContext), parts);
}

function bareFields(span: ReadableSpan, context: SpanContext): ReadableSpan {
  return {
    kind: number(() => span.kind),
    parentSpanId: attempt(() => idOf(span.parentSpanId)),
    startTime: time(() => span.startTime),
    endTime: time(() => span.endTime),
    duration: time(() => span.duration),
    droppedEventsCount: number(() => span.droppedEventsCount),
    droppedLinksCount: number(() => span.droppedLinksCount),
    spanContext: () => context,
    // The rest comes from the parts.
    name: '',
    ended: true,
    status: { code: 0 },
    attributes: {},
    links: [],
    events: [],
    resource: { attributes: {} },
    instrumentationScope: { name: '' },
    droppedAttributesCount: 0,
  };
}

/** A context without its trace state. Ids are taken as such only when they are hexadecimal. */
function bareContext({ traceId, spanId, traceFlags, isRemote }: SpanContext): SpanContext | undefined {
  const ids = { traceId: idOf(traceId), spanId: idOf(spanId) };
  if (ids.traceId === undefined || ids.spanId === undefined) return undefined;
  return {
    traceId: ids.traceId,
    spanId: ids.spanId,
    traceFlags: number(() => traceFlags),
    isRemote: isRemote === true,
  };
}

function number(read: () => unknown): number {
  return numberOf(attempt(read));
}

function time(read: () => HrTime): HrTime {
  return attempt(() => copyTime(read())) ?? [0, 0];
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
