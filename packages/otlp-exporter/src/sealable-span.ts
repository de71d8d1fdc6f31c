import type {
  Resource as ResourceModel,
  Scope as ScopeModel,
  Span,
  SpanEvent,
  SpanLink,
} from '@spanseal/otlp';
import type { SpanInRequest } from '@spanseal/seal';
import type {
  HrTime,
  InstrumentationScope,
  Link,
  ReadableSpan,
  Resource,
  SpanContext,
  TimedEvent,
} from './readable-span.js';
import { sealableAttributes, sealableText } from './sealable-value.js';

/** A span in the one shape that all serializers write alike, with the model that they write. */
export interface SealableSpan {
  readonly item: SpanInRequest;
  /** The members that differ from the span that came in. */
  readonly parts: Pick<
    ReadableSpan,
    'name' | 'status' | 'attributes' | 'events' | 'links' | 'resource' | 'instrumentationScope'
  > & { readonly droppedAttributesCount: number };
}

/** Bit of OTLP's flags that says that bit 9 means something (trace.proto, SpanFlags). */
const hasIsRemote = 0x100;
const isRemote = 0x200;

/** What spans share, by its identity: exporters group by the identity of the resource, so each gets one copy at most. */
export class SealableSpans {
  readonly #resources = new WeakMap<Resource, { resource: Resource; model: ResourceModel }>();
  readonly #scopes = new WeakMap<InstrumentationScope, { scope: InstrumentationScope; model: ScopeModel }>();

  /** The sealable form of a span. A seal that it already carries is left out. */
  from(span: ReadableSpan): SealableSpan {
    const { [sealKey]: _, ...rest } = span.attributes;
    const attributes = sealableAttributes(rest);
    const events = span.events.map(sealableEvent);
    const links = span.links.map(sealableLink);
    const status = { code: span.status.code, message: sealableText(span.status.message) };
    const { resource, model: resourceModel } = this.#resource(span.resource);
    const { scope, model: scopeModel } = this.#scope(span.instrumentationScope);
    const name = sealableText(span.name);
    const droppedAttributesCount = count(span.droppedAttributesCount) + attributes.dropped;
    const model: Span = {
      ...identityOf(span),
      name,
      attributes: attributes.model,
      droppedAttributesCount,
      events: events.map((event) => event.model),
      links: links.map((link) => link.model),
      status,
    };
    return {
      item: {
        span: model,
        scope: scopeModel,
        scopeSchemaUrl: scope.schemaUrl,
        resource: resourceModel,
        resourceSchemaUrl: resource.schemaUrl,
      },
      parts: {
        name,
        status,
        attributes: attributes.attributes,
        droppedAttributesCount,
        events: events.map((event) => event.event),
        links: links.map((link) => link.link),
        resource,
        instrumentationScope: scope,
      },
    };
  }

  #resource(resource: Resource): { resource: Resource; model: ResourceModel } {
    const known = this.#resources.get(resource);
    if (known !== undefined) return known;
    const { attributes, model } = sealableAttributes(resource.attributes);
    const sealable = { resource: settledResource(resource, attributes), model: { attributes: model } };
    // Attributes that are still being detected would be missing from every later span.
    if (resource.asyncAttributesPending !== true) this.#resources.set(resource, sealable);
    return sealable;
  }

  #scope(scope: InstrumentationScope): { scope: InstrumentationScope; model: ScopeModel } {
    const known = this.#scopes.get(scope);
    if (known !== undefined) return known;
    const name = sealableText(scope.name);
    const version = sealableText(scope.version);
    const { attributes, model } = sealableAttributes(scope.attributes ?? {});
    const droppedAttributesCount = count(scope.droppedAttributesCount);
    const sealable = {
      scope: {
        name,
        ...(scope.version !== undefined && { version }),
        ...(scope.schemaUrl !== undefined && { schemaUrl: sealableText(scope.schemaUrl) }),
        ...(scope.attributes !== undefined && { attributes, droppedAttributesCount }),
      },
      model: { name, version, attributes: model, droppedAttributesCount },
    };
    this.#scopes.set(scope, sealable);
    return sealable;
  }
}

const sealKey = 'spanseal.seal';

function settledResource(resource: Resource, attributes: Resource['attributes']): Resource {
  const settled = {
    attributes,
    ...(resource.schemaUrl !== undefined && { schemaUrl: sealableText(resource.schemaUrl) }),
    asyncAttributesPending: false,
    waitForAsyncAttributes: () => Promise.resolve(),
    getRawAttributes: () => Object.entries(attributes),
    merge: () => settled,
  };
  return settled;
}

function identityOf(span: ReadableSpan): Span {
  const context = span.spanContext();
  return {
    traceId: context.traceId,
    spanId: context.spanId,
    parentSpanId: span.parentSpanContext?.spanId ?? '',
    traceState: sealableText(context.traceState?.serialize()),
    flags: flagsOf(context.traceFlags, span.parentSpanContext),
    kind: span.kind + 1,
    startTimeUnixNano: nanoseconds(span.startTime),
    endTimeUnixNano: nanoseconds(span.endTime),
    droppedEventsCount: count(span.droppedEventsCount),
    droppedLinksCount: count(span.droppedLinksCount),
  };
}

function sealableEvent(event: TimedEvent): { event: TimedEvent; model: SpanEvent } {
  const { attributes, model, dropped } = sealableAttributes(event.attributes ?? {});
  const name = sealableText(event.name);
  const droppedAttributesCount = count(event.droppedAttributesCount) + dropped;
  return {
    event: { ...event, name, attributes, droppedAttributesCount },
    model: { timeUnixNano: nanoseconds(event.time), name, attributes: model, droppedAttributesCount },
  };
}

function sealableLink(link: Link): { link: Link; model: SpanLink } {
  const { attributes, model, dropped } = sealableAttributes(link.attributes ?? {});
  const droppedAttributesCount = count(link.droppedAttributesCount) + dropped;
  return {
    link: { ...link, attributes, droppedAttributesCount },
    model: {
      traceId: link.context.traceId,
      spanId: link.context.spanId,
      traceState: sealableText(link.context.traceState?.serialize()),
      attributes: model,
      droppedAttributesCount,
      flags: flagsOf(link.context.traceFlags, link.context),
    },
  };
}

function flagsOf(traceFlags: number, remote: SpanContext | undefined): number {
  return (traceFlags & 0xff) | hasIsRemote | (remote?.isRemote ? isRemote : 0);
}

function nanoseconds([seconds, nanos]: HrTime): bigint {
  return BigInt(Math.trunc(seconds)) * 1_000_000_000n + BigInt(Math.trunc(nanos));
}

function count(value: number | undefined): number {
  return value !== undefined && Number.isInteger(value) && value > 0 ? value : 0;
}
