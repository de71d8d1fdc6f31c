import type { Attributes, AttributeValue, Masker } from '@spanseal/mask';
import { AttributeCollection } from './attribute-collection.js';
import {
  type AttributeSnapshot,
  isArray,
  mapArray,
  setOwn,
  snapshotAttributes,
} from './attribute-snapshot.js';
import type { SpanAttributes } from './readable-span.js';
import type { TextMask } from './text-mask.js';

/**
 * Masks attributes, keys included. A key is text too: a captured header or a bind parameter can carry a secret in its
 * name, at the top or in a nested map.
 */
export class AttributeMask {
  readonly #masker: Masker;
  readonly #texts: TextMask;

  constructor(masker: Masker, texts: TextMask) {
    this.#masker = masker;
    this.#texts = texts;
  }

  /** A masked copy; the attributes themselves are read once and never written. */
  mask(attributes: SpanAttributes): Attributes {
    return this.maskSnapshot(snapshotAttributes(attributes));
  }

  /** The same for a snapshot, which may be given back when nothing needs masking. */
  maskSnapshot(snapshot: AttributeSnapshot): Attributes {
    const masked = this.#hasDirtyKey(snapshot)
      ? this.#maskApart(snapshot)
      : this.#masker.attributes(snapshot);
    return this.#hasDirtyNestedKey(masked) ? this.#rename(masked) : masked;
  }

  /** Values under dirty keys one by one: together, two whose keys are the same once masked would become one. */
  #maskApart(snapshot: AttributeSnapshot): Attributes {
    const clean: AttributeSnapshot = {};
    const dirty: string[] = [];
    for (const key of Object.keys(snapshot)) {
      if (this.#texts.isClean(key)) setOwn(clean, key, snapshot[key]);
      else dirty.push(key);
    }
    const collection = new AttributeCollection();
    for (const [key, value] of Object.entries(this.#masker.attributes(clean))) collection.add(key, value);
    for (const key of dirty) {
      const masked = this.#masker.attribute(key, snapshot[key]);
      if (masked !== undefined) collection.add(this.#texts.mask(key), masked);
    }
    return collection.attributes;
  }

  #hasDirtyKey(attributes: Attributes): boolean {
    for (const key in attributes) {
      if (!this.#texts.isClean(key)) return true;
    }
    return false;
  }

  #hasDirtyNestedKey(attributes: Attributes): boolean {
    for (const key in attributes) {
      if (this.#holdsDirtyKey(attributes[key])) return true;
    }
    return false;
  }

  #holdsDirtyKey(value: AttributeValue): boolean {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return false;
    if (isArray(value)) return value.some((element) => this.#holdsDirtyKey(element));
    return this.#hasDirtyKey(value) || this.#hasDirtyNestedKey(value);
  }

  /** The masker has seen the values; only keys are left. Clean ones come first and stay what they are. */
  #rename(attributes: Attributes): Attributes {
    const collection = new AttributeCollection();
    const dirty: string[] = [];
    for (const key of Object.keys(attributes)) {
      if (this.#texts.isClean(key)) collection.add(key, this.#renameWithin(attributes[key]));
      else dirty.push(key);
    }
    for (const key of dirty) collection.add(this.#texts.mask(key), this.#renameWithin(attributes[key]));
    return collection.attributes;
  }

  #renameWithin(value: AttributeValue): AttributeValue {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
    return isArray(value) ? mapArray(value, (element) => this.#renameWithin(element)) : this.#rename(value);
  }
}
