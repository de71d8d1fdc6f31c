import type { Attributes, SpanField } from '@spanseal/mask';
import { MaskedResource } from './masked-resource.js';
import type { InstrumentationScope, ReadableSpan, Resource, SpanAttributes } from './readable-span.js';
import type { TextMask } from './text-mask.js';

/** Stands where a scope cannot be read. */
const unknownScope: InstrumentationScope = Object.freeze({ name: '' });
const unknownResource: Resource = Object.freeze({ attributes: Object.freeze({}) });

type MaskAttributes = (attributes: SpanAttributes, field: SpanField) => Attributes;

/** Masks where spans come from: resources and instrumentation scopes, each once. */
export class OriginMask {
  readonly #attributes: MaskAttributes;
  readonly #texts: TextMask;
  readonly #onFault: () => void;
  readonly #resources = new WeakMap<Resource, MaskedResource>();
  readonly #scopes = new WeakMap<InstrumentationScope, InstrumentationScope>();
  // Spans of one tracer come in a row: most look-ups end here.
  #lastResource: readonly [Resource, Resource] | undefined;
  #lastScope: readonly [InstrumentationScope, InstrumentationScope] | undefined;

  constructor({
    attributes,
    texts,
    onFault,
  }: {
    attributes: MaskAttributes;
    texts: TextMask;
    onFault: () => void;
  }) {
    this.#attributes = attributes;
    this.#texts = texts;
    this.#onFault = onFault;
  }

  /** The one masked resource of a span's. Never throws; what cannot be read is empty. */
  resource(span: ReadableSpan): Resource {
    try {
      const original = span.resource;
      if (this.#lastResource?.[0] === original) return this.#lastResource[1];
      const masked = this.#resources.get(original) ?? this.#maskResource(original);
      this.#lastResource = [original, masked];
      return masked;
    } catch {
      this.#onFault();
      return unknownResource;
    }
  }

  #maskResource(original: Resource): MaskedResource {
    const masked = new MaskedResource(original, {
      mask: (attributes) => this.#attributes(attributes, 'resource.attributes'),
      onFault: this.#onFault,
    });
    this.#resources.set(original, masked);
    return masked;
  }

  /** The one masked scope of a span's. Never throws; what cannot be read is empty. */
  scope(span: ReadableSpan): InstrumentationScope {
    try {
      const original = span.instrumentationScope ?? span.instrumentationLibrary;
      if (this.#lastScope?.[0] === original) return this.#lastScope[1];
      let masked = this.#scopes.get(original);
      if (masked === undefined) {
        masked = this.#maskScope(original);
        this.#scopes.set(original, masked);
      }
      this.#lastScope = [original, masked];
      return masked;
    } catch {
      this.#onFault();
      return unknownScope;
    }
  }

  #maskScope({ name, version, schemaUrl, attributes, droppedAttributesCount }: InstrumentationScope) {
    return Object.freeze({
      name: this.#texts.mask(name, 'scope.name'),
      version: version == null ? undefined : this.#texts.mask(version, 'scope.version'),
      schemaUrl,
      attributes: attributes == null ? undefined : this.#attributes(attributes, 'scope.attributes'),
      droppedAttributesCount,
    });
  }
}
