import type { AnyValue, KeyValue } from '@spanseal/otlp';

/** Attributes as the SDK has them, of which every serializer makes this model again. */
export function sdkAttributes(model: readonly KeyValue[]): { [key: string]: unknown } {
  const attributes: { [key: string]: unknown } = Object.create(null);
  for (const { key, value } of model) attributes[key] = sdkValue(value ?? {});
  return attributes;
}

function sdkValue(model: AnyValue): unknown {
  const { stringValue, boolValue, intValue, doubleValue, bytesValue, arrayValue, kvlistValue } = model;
  if (intValue !== undefined) return Number(intValue);
  if (arrayValue !== undefined) return (arrayValue.values ?? []).map(sdkValue);
  if (kvlistValue !== undefined) return sdkAttributes(kvlistValue.values ?? []);
  return stringValue ?? boolValue ?? doubleValue ?? bytesValue ?? null;
}
