import type { Attributes, AttributeValue, Masker } from '@spanseal/mask';
import type { KeyValue } from '@spanseal/otlp';
import { toAnyValue, toAttributeValue } from './masked-value.js';
import { isOwnAttribute } from './own-attribute.js';

/** Attributes as the masker takes them. Of a key that stands twice, the last value counts. */
export function toAttributes(attributes: readonly KeyValue[]): Attributes {
  const map: { [key: string]: AttributeValue } = Object.create(null);
  for (const { key, value } of attributes) map[key] = toAttributeValue(value);
  return map;
}

/** Attributes that say how their neighbours are to be read: the dialect of a query. */
const contextKeys: readonly string[] = ['db.system.name', 'db.system'];

/** What the neighbours of an attribute say about how it is to be read. */
export function contextOf(attributes: readonly KeyValue[]): Attributes {
  return toAttributes(attributes.filter(({ key }) => contextKeys.includes(key)));
}

/** The attributes masked, in their order; what the masker leaves alone keeps its spelling, and a seal stays as it is. */
export function maskKeyValues(attributes: readonly KeyValue[], masker: Masker): KeyValue[] {
  const context = contextOf(attributes);
  return attributes.flatMap((attribute) => maskKeyValue(attribute, context, masker));
}

/** One attribute masked: under another name when its key holds a secret, none when a rule drops it. */
export function maskKeyValue(attribute: KeyValue, context: Attributes, masker: Masker): KeyValue[] {
  const { key, value } = attribute;
  if (isOwnAttribute(key)) return [attribute];
  // One at a time: a list can hold one key twice, and a key that holds a secret comes back under another name.
  const masked = masker.attributes({ ...context, [key]: toAttributeValue(value) });
  return Object.entries(masked)
    .filter(([name]) => name === key || !(name in context))
    .map(([name, result]) => ({ key: name, value: toAnyValue(result, value) }));
}
