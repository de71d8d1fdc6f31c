import type { Attributes, Masker, ServiceMatch, SpanField } from '@spanseal/mask';
import { type AttributeSnapshot, snapshotAttributes } from './attribute-snapshot.js';
import { blankedSpan } from './blanked-span.js';
import { type MaskedParts, MaskedSpan } from './masked-span.js';
import { OriginMask } from './origin-mask.js';
import { copyTime, numberOf, optionalNumberOf } from './plain-fields.js';
import type {
  ReadableSpan,
  SpanAttributes,
  SpanContext,
  SpanEvent,
  SpanLink,
  SpanStatus,
} from './readable-span.js';
import { contentOf, type SpanContent } from './span-content.js';
import { SpanContextMask } from './span-context-mask.js';
import { structuralContent } from './structural-content.js';
import { TextMask } from './text-mask.js';

/** Decides from a span's attributes whether it belongs to a sensitive service. */
export type Decide = (attributes: AttributeSnapshot) => ServiceMatch | undefined;

/** Makes masked copies of spans. */
export class SpanMask {
  readonly #texts: TextMask;
  readonly #masker: Masker;
  readonly #contexts: SpanContextMask;
  readonly #origins: OriginMask;

  /** @param onFault told when a resource or scope could not be masked, which can be as late as in the exporter. */
  constructor(masker: Masker, onFault: () => void) {
    this.#masker = masker;
    this.#texts = new TextMask(masker);
    this.#contexts = new SpanContextMask(this.#texts);
    this.#origins = new OriginMask({
      attributes: (attributes, field) => this.#attributes(attributes, field),
      texts: this.#texts,
      onFault,
    });
  }

  /**
   * A masked copy of the span.
   *
   * @throws whatever the span or the masker throws. {@link SpanMask.blank} is for that case.
   */
  mask(span: ReadableSpan, decide: Decide): MaskedSpan {
    const attributes = snapshotAttributes(span.attributes);
    const match = decide(attributes);
    const content =
      match === undefined ? contentOf(span, attributes) : structuralContent(span, { attributes, match });
    return new MaskedSpan(span, this.#parts(span, content));
  }

  /** Ids, times, kind and a marker; undefined when not even ids can be read. Never throws. */
  blank(span: ReadableSpan): MaskedSpan | undefined {
    return blankedSpan(span, this.#origin(span));
  }

  #parts(span: ReadableSpan, content: SpanContent): MaskedParts {
    const parentSpanContext = parentOf(span);
    return {
      name: this.#name(span.kind, content),
      attributes: this.#masker.attributes(content.attributes, 'span.attributes'),
      events: content.events.length === 0 ? [] : content.events.map((event) => this.#event(event)),
      links: content.links.length === 0 ? [] : content.links.map((link) => this.#link(link)),
      status: this.#status(content.status),
      droppedAttributesCount: numberOf(content.droppedAttributesCount),
      spanContext: this.#contexts.mask(span.spanContext(), 'span.trace_state'),
      parentSpanContext:
        parentSpanContext === undefined
          ? undefined
          : this.#contexts.mask(parentSpanContext, 'span.trace_state'),
      ...this.#origin(span),
    };
  }

  #origin(span: ReadableSpan): Pick<MaskedParts, 'resource' | 'instrumentationScope'> {
    return {
      resource: this.#origins.resource(span),
      instrumentationScope: this.#origins.scope(span),
    };
  }

  /** A policy can need a span's kind and attributes to tell what its name holds. */
  #name(kind: number, { name, attributes }: SpanContent): string {
    return this.#masker.spanName?.(String(name), { kind, attributes }) ?? this.#texts.mask(name, 'span.name');
  }

  /** A masked copy; the attributes themselves are read once and never written. */
  #attributes(attributes: SpanAttributes, field: SpanField): Attributes {
    return this.#masker.attributes(snapshotAttributes(attributes), field);
  }

  #event({ name, time, attributes, droppedAttributesCount }: SpanEvent): SpanEvent {
    return {
      name: this.#texts.mask(name, 'event.name'),
      time: copyTime(time),
      attributes: attributes == null ? undefined : this.#attributes(attributes, 'event.attributes'),
      droppedAttributesCount: optionalNumberOf(droppedAttributesCount),
    };
  }

  #link({ context, attributes, droppedAttributesCount }: SpanLink): SpanLink {
    return {
      context: this.#contexts.mask(context, 'link.trace_state'),
      attributes: attributes == null ? undefined : this.#attributes(attributes, 'link.attributes'),
      droppedAttributesCount: optionalNumberOf(droppedAttributesCount),
    };
  }

  #status({ code: given, message }: SpanStatus): SpanStatus {
    const code = numberOf(given);
    return message == null ? { code } : { code, message: this.#texts.mask(message, 'status.message') };
  }
}

/** Of the parent, SDK 1.x knows the id alone. */
function parentOf(span: ReadableSpan): SpanContext | undefined {
  const { parentSpanContext, parentSpanId } = span;
  if (parentSpanContext != null || parentSpanId === undefined) return parentSpanContext ?? undefined;
  const { traceId, traceFlags } = span.spanContext();
  return { traceId, spanId: parentSpanId, traceFlags };
}
