import type { AttributeMask } from './attribute-mask.js';
import { MaskedResource } from './masked-resource.js';
import type { InstrumentationScope, Resource } from './readable-span.js';
import type { TextMask } from './text-mask.js';

/** Stands where a scope cannot be read. */
const unknownScope: InstrumentationScope = Object.freeze({ name: '' });
const unknownResource: Resource = Object.freeze({ attributes: Object.freeze({}) });

/** Masks where spans come from: resources and instrumentation scopes, each once. */
export class OriginMask {
  readonly #attributes: AttributeMask;
  readonly #texts: TextMask;
  readonly #onFault: () => void;
  readonly #resources = new WeakMap<Resource, MaskedResource>();
  readonly #scopes = new WeakMap<InstrumentationScope, InstrumentationScope>();

  constructor({
    attributes,
    texts,
    onFault,
  }: {
    attributes: AttributeMask;
    texts: TextMask;
    onFault: () => void;
  }) {
    this.#attributes = attributes;
    this.#texts = texts;
    this.#onFault = onFault;
  }

  /** The one masked resource for this original. Never throws; what cannot be read is empty. */
  resource(read: () => Resource): Resource {
    try {
      const original = read();
      const known = this.#resources.get(original);
      if (known !== undefined) return known;
      const masking = { mask: this.#attributes.mask.bind(this.#attributes), onFault: this.#onFault };
      const masked = new MaskedResource(original, masking);
      this.#resources.set(original, masked);
      return masked;
    } catch {
      this.#onFault();
      return unknownResource;
    }
  }

  /** The one masked scope for this original. Never throws; what cannot be read is empty. */
  scope(read: () => InstrumentationScope): InstrumentationScope {
    try {
      const original = read();
      const known = this.#scopes.get(original);
      if (known !== undefined) return known;
      const masked = this.#maskScope(original);
      this.#scopes.set(original, masked);
      return masked;
    } catch {
      this.#onFault();
      return unknownScope;
    }
  }

  #maskScope({ name, version, schemaUrl, attributes, droppedAttributesCount }: InstrumentationScope) {
    return Object.freeze({
      name: this.#texts.mask(name),
      version: version == null ? undefined : this.#texts.mask(version),
      schemaUrl,
      attributes: attributes == null ? undefined : this.#attributes.mask(attributes),
      droppedAttributesCount,
    });
  }
}
