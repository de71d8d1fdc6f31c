import { checkpointAttributeKey, type Span, type SpanEvent, type SpanLink } from '@spanseal/otlp';
import type { SpanInRequest } from '@spanseal/seal';
import type { Link, ReadableSpan, SpanContext, TimedEvent, UncheckedAttributes } from './readable-span.js';
import { type SealableContext, sealableContext, sealableCount, sealableTime } from './sealable-context.js';
import { SealableOrigins } from './sealable-origin.js';
import { sealableAttributes, sealableText } from './sealable-value.js';

/** A span in the one shape that all serializers write alike, with the model that they write. */
export interface SealableSpan {
  readonly item: SpanInRequest;
  readonly span: ReadableSpan;
}

/** Bit of OTLP's flags that says that bit 9 means something (trace.proto, SpanFlags). */
const hasIsRemote = 0x100;
const isRemote = 0x200;

/** Makes spans sealable. Everything of a span is read once: what comes later is not what was sealed. */
export class SealableSpans {
  readonly #origins = new SealableOrigins();

  /** The sealable form; undefined for a span without ids. */
  from(given: ReadableSpan): SealableSpan | undefined {
    const own = sealableContext(given.spanContext());
    if (own === undefined) return undefined;
    const parent = given.parentSpanContext == null ? undefined : sealableContext(given.parentSpanContext);
    const { resource, model: resourceModel } = this.#origins.resource(given.resource);
    const { scope, model: scopeModel } = this.#origins.scope(given.instrumentationScope);
    const { span, model } = contentOf(given, { own, parent });
    const item = {
      span: model,
      scope: scopeModel,
      scopeSchemaUrl: scope.schemaUrl,
      resource: resourceModel,
      resourceSchemaUrl: resource.schemaUrl,
    };
    return { item, span: { ...span, resource, instrumentationScope: scope } };
  }
}

/** An attribute of the app by this name would make its span pass for a checkpoint, and a bad one. */
function withoutCheckpoint(attributes: UncheckedAttributes): UncheckedAttributes {
  if (!(checkpointAttributeKey in attributes)) return attributes;
  const { [checkpointAttributeKey]: _, ...others } = attributes;
  return others;
}

interface Contexts {
  readonly own: SealableContext;
  readonly parent: SealableContext | undefined;
}

type Content = Omit<ReadableSpan, 'resource' | 'instrumentationScope'>;

function contentOf(given: ReadableSpan, { own, parent }: Contexts): { span: Content; model: Span } {
  const attributes = sealableAttributes(withoutCheckpoint(given.attributes));
  const foreign = checkpointAttributeKey in given.attributes ? 1 : 0;
  const events = given.events.map(sealableEvent);
  const links = given.links.map(sealableLink).filter((link) => link !== undefined);
  const [start, end] = [sealableTime(given.startTime), sealableTime(given.endTime)];
  const span: Content = {
    name: sealableText(given.name),
    kind: sealableKind(given.kind),
    spanContext: () => own.context,
    parentSpanContext: parent?.context,
    startTime: start.time,
    endTime: end.time,
    status: { code: sealableCount(given.status.code), message: sealableText(given.status.message) },
    attributes: attributes.attributes,
    links: links.map(({ link }) => link),
    events: events.map(({ event }) => event),
    duration: sealableTime(given.duration).time,
    ended: true,
    droppedAttributesCount: sealableCount(given.droppedAttributesCount) + attributes.dropped + foreign,
    droppedEventsCount: sealableCount(given.droppedEventsCount),
    droppedLinksCount: sealableCount(given.droppedLinksCount) + given.links.length - links.length,
  };
  const { name, status, droppedAttributesCount, droppedEventsCount, droppedLinksCount } = span;
  const model: Span = {
    ...identityOf({ own, parent }),
    name,
    kind: span.kind + 1,
    startTimeUnixNano: start.model,
    endTimeUnixNano: end.model,
    attributes: attributes.model,
    events: events.map((event) => event.model),
    links: links.map((link) => link.model),
    status: { code: status.code, message: status.message ?? '' },
    droppedAttributesCount,
    droppedEventsCount,
    droppedLinksCount,
  };
  return { span, model };
}

function identityOf({ own, parent }: Contexts): Span {
  return {
    traceId: own.context.traceId,
    spanId: own.context.spanId,
    parentSpanId: parent?.context.spanId ?? '',
    traceState: own.traceState,
    flags: flagsOf(own.context.traceFlags, parent?.context),
  };
}

function sealableEvent(given: TimedEvent): { event: TimedEvent; model: SpanEvent } {
  const { attributes, model, dropped } = sealableAttributes(given.attributes ?? {});
  const name = sealableText(given.name);
  const { time, model: timeUnixNano } = sealableTime(given.time);
  const droppedAttributesCount = sealableCount(given.droppedAttributesCount) + dropped;
  return {
    event: { name, time, attributes, droppedAttributesCount },
    model: { timeUnixNano, name, attributes: model, droppedAttributesCount },
  };
}

/** Undefined for a link to nowhere: a receiver refuses the whole request for its ids. */
function sealableLink(given: Link): { link: Link; model: SpanLink } | undefined {
  const linked = sealableContext(given.context);
  if (linked === undefined) return undefined;
  const { context, traceState } = linked;
  const { attributes, model, dropped } = sealableAttributes(given.attributes ?? {});
  const droppedAttributesCount = sealableCount(given.droppedAttributesCount) + dropped;
  const { traceId, spanId, traceFlags } = context;
  const flags = flagsOf(traceFlags, context);
  return {
    link: { context, attributes, droppedAttributesCount },
    model: { traceId, spanId, traceState, attributes: model, droppedAttributesCount, flags },
  };
}

/** The SDK's kinds, 0 to 4, which OTLP counts from 1; anything else is internal. */
function sealableKind(kind: unknown): number {
  return typeof kind === 'number' && [0, 1, 2, 3, 4].includes(kind) ? kind : 0;
}

function flagsOf(traceFlags: number, remote: SpanContext | undefined): number {
  return traceFlags | hasIsRemote | (remote?.isRemote ? isRemote : 0);
}
