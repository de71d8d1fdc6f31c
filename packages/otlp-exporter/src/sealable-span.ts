import {
  checkpointAttributeKey,
  type NativeEvent,
  type NativeLink,
  NativeSpan,
  type NativeSpanParts,
  type NativeTime,
  sealAttributeKey,
} from '@spanseal/otlp';
import type { SpanToSeal } from '@spanseal/seal';
import type {
  InstrumentationScope,
  Link,
  ReadableSpan,
  Resource,
  SpanContext,
  TimedEvent,
} from './readable-span.js';
import { type SealableContext, sealableContext, sealableCount, sealableTime } from './sealable-context.js';
import { SealableOrigins } from './sealable-origin.js';
import { type Exceptions, sealableAttributes, sealableText } from './sealable-value.js';
import { isSealedSpan } from './sealed-mark.js';

/** A span in the one shape that all serializers write alike, with what the SDK says of it and OTLP does not. */
export interface SealableSpan {
  readonly item: SpanToSeal & { readonly span: NativeSpan };
  readonly own: SealableContext;
  readonly parent: SealableContext | undefined;
  readonly links: readonly SealableContext[];
  readonly resource: Resource;
  readonly scope: InstrumentationScope;
  /** No serializer writes it. */
  readonly duration: NativeTime;
}

/** Bit of OTLP's flags that says that bit 9 means something (trace.proto, SpanFlags). */
const hasIsRemote = 0x100;
const isRemote = 0x200;

/** An enum of protobuf is a signed integer of 32 bits. */
const largestEnum = 2 ** 31 - 1;

/** Makes spans sealable. Everything of a span is read once: what comes later is not what was sealed. */
export class SealableSpans {
  readonly #origins = new SealableOrigins();

  /**
   * The sealable form; undefined for a span without ids. An attribute of the app by the name of a checkpoint would make its span
   * pass for one, and a bad one: it is dropped.
   */
  from(given: ReadableSpan): SealableSpan | undefined {
    return this.#read(given, ofApp);
  }

  /** The same where nothing is sealed: what a SigningSpanExporter sealed before keeps its seal. */
  fromUnsealed(given: ReadableSpan): SealableSpan | undefined {
    return this.#read(given, isSealedSpan(given) ? {} : ofApp);
  }

  /** The same for a checkpoint span. */
  fromOwn(given: ReadableSpan): SealableSpan | undefined {
    return this.#read(given, {});
  }

  #read(given: ReadableSpan, except: Exceptions): SealableSpan | undefined {
    const own = sealableContext(given.spanContext());
    if (own === undefined) return undefined;
    const parent =
      given.parentSpanContext == null ? undefined : sealableContext(given.parentSpanContext, 'parentSpanId');
    const origin = this.#origins.resource(given.resource);
    const { scope, model } = this.#origins.scope(given.instrumentationScope);
    const links: SealableContext[] = [];
    const item = {
      span: new NativeSpan(partsOf(given, { own, parent, links, except })),
      scope: model,
      scopeSchemaUrl: scope.schemaUrl,
      resource: origin.model,
      resourceSchemaUrl: origin.resource.schemaUrl,
    };
    const duration = sealableTime(given.duration);
    return { item, own, parent, links, resource: origin.resource, scope, duration };
  }
}

/** A seal or a checkpoint that the app itself set does not leave; the seal without a trace. */
const ofApp: Exceptions = { dropped: checkpointAttributeKey, silent: sealAttributeKey };

interface Reading {
  readonly own: SealableContext;
  readonly parent: SealableContext | undefined;
  /** Is filled with the contexts of the links that are kept. */
  readonly links: SealableContext[];
  readonly except: Exceptions;
}

const none: readonly never[] = [];

function partsOf(given: ReadableSpan, { own, parent, links, except }: Reading): NativeSpanParts {
  const { traceId, spanId, traceFlags } = own.context;
  const attributes = sealableAttributes(given.attributes, except);
  const givenLinks = given.links;
  const linkModels = givenLinks.length === 0 ? none : sealableLinks(givenLinks, links);
  const { code, message } = given.status;
  return {
    traceId,
    spanId,
    parentSpanId: parent?.context.spanId ?? '',
    traceState: own.traceState,
    flags: flagsOf(traceFlags, parent?.context),
    name: sealableText(given.name),
    kind: sealableKind(given.kind) + 1,
    startTime: sealableTime(given.startTime),
    endTime: sealableTime(given.endTime),
    keys: attributes.keys,
    values: attributes.values,
    events: given.events.length === 0 ? none : given.events.map(sealableEvent),
    links: linkModels,
    status: { code: Math.min(sealableCount(code), largestEnum), message: sealableText(message) },
    droppedAttributesCount: countWith(given.droppedAttributesCount, attributes.droppedAttributesCount),
    droppedEventsCount: sealableCount(given.droppedEventsCount),
    droppedLinksCount: countWith(given.droppedLinksCount, givenLinks.length - linkModels.length),
  };
}

function sealableEvent(given: TimedEvent): NativeEvent {
  const { keys, values, droppedAttributesCount: dropped } = sealableAttributes(given.attributes ?? {});
  const droppedAttributesCount = countWith(given.droppedAttributesCount, dropped);
  return {
    time: sealableTime(given.time),
    name: sealableText(given.name),
    keys,
    values,
    droppedAttributesCount,
  };
}

function sealableLinks(given: readonly Link[], contexts: SealableContext[]): NativeLink[] {
  const links: NativeLink[] = [];
  for (const each of given) {
    const linked = sealableContext(each.context);
    // A receiver refuses the whole request for the ids of a link to nowhere.
    if (linked === undefined) continue;
    contexts.push(linked);
    links.push(sealableLink(each, linked));
  }
  return links;
}

function sealableLink(given: Link, linked: SealableContext): NativeLink {
  const { context, traceState } = linked;
  const { keys, values, droppedAttributesCount: dropped } = sealableAttributes(given.attributes ?? {});
  const droppedAttributesCount = countWith(given.droppedAttributesCount, dropped);
  const { traceId, spanId, traceFlags } = context;
  const flags = flagsOf(traceFlags, context);
  return { traceId, spanId, traceState, keys, values, droppedAttributesCount, flags };
}

/** What was dropped before, and what is dropped here. */
function countWith(given: unknown, more: number): number {
  return sealableCount(sealableCount(given) + more);
}

/** The SDK's kinds, 0 to 4, which OTLP counts from 1; anything else is internal. */
function sealableKind(kind: unknown): number {
  return typeof kind === 'number' && Number.isInteger(kind) && kind >= 0 && kind <= 4 ? kind : 0;
}

function flagsOf(traceFlags: number, remote: SpanContext | undefined): number {
  return traceFlags | hasIsRemote | (remote?.isRemote ? isRemote : 0);
}
