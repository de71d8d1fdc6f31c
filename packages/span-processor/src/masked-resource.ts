import type { Attributes } from '@spanseal/mask';
import type { Resource, SpanAttributes } from './readable-span.js';

/** What a {@link MaskedResource} needs: how to mask, and whom to tell when that fails. */
export interface ResourceMasking {
  mask(attributes: SpanAttributes): Attributes;
  onFault(): void;
}

const none: Attributes = Object.freeze({});

/**
 * A resource with its attributes masked. Exporters group spans by the identity of their resource, so there must be one of
 * these for each original. Attributes that are still being detected are read through until they have settled, then once
 * more and never again.
 */
export class MaskedResource implements Resource {
  readonly schemaUrl: string | undefined;
  readonly #original: Resource;
  readonly #masking: ResourceMasking;
  #settled: Attributes | undefined;

  constructor(original: Resource, masking: ResourceMasking) {
    this.schemaUrl = original.schemaUrl;
    this.#original = original;
    this.#masking = masking;
  }

  /** Empty when the original cannot be read or masked. Never throws: the exporter stands behind it. */
  get attributes(): Attributes {
    if (this.#settled !== undefined) return this.#settled;
    try {
      const pending = this.#original.asyncAttributesPending === true;
      const masked = this.#masking.mask(this.#original.attributes);
      if (!pending) this.#settled = masked;
      return masked;
    } catch {
      this.#masking.onFault();
      return none;
    }
  }

  get asyncAttributesPending(): boolean {
    try {
      return this.#settled === undefined && this.#original.asyncAttributesPending === true;
    } catch {
      this.#masking.onFault();
      return false;
    }
  }

  async waitForAsyncAttributes(): Promise<void> {
    await this.#original.waitForAsyncAttributes?.();
  }

  /** What later SDKs merge with: the masked attributes as a list. */
  getRawAttributes(): [key: string, value: unknown][] {
    return Object.entries(this.attributes);
  }
}
