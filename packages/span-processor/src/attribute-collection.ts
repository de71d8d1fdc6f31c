import type { AttributeValue } from '@spanseal/mask';
import { type AttributeSnapshot, setOwn } from './attribute-snapshot.js';

/** Attributes that keep every value: of two with the same key, the later one gets `#2`, `#3` … behind its key. */
export class AttributeCollection {
  readonly attributes: AttributeSnapshot = {};
  // Suffixes only grow for one key, so that many equal keys cost linear time.
  readonly #nextSuffix = new Map<string, number>();

  add(key: string, value: AttributeValue): void {
    if (!Object.hasOwn(this.attributes, key)) {
      setOwn(this.attributes, key, value);
      return;
    }
    let suffix = this.#nextSuffix.get(key) ?? 2;
    while (Object.hasOwn(this.attributes, `${key}#${suffix}`)) suffix++;
    setOwn(this.attributes, `${key}#${suffix}`, value);
    this.#nextSuffix.set(key, suffix + 1);
  }
}
