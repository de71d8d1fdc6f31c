import type { AnyValue, KeyValue, NativeValue } from '@spanseal/otlp';

/** Attributes as the SDK has them, of which every serializer makes these again. */
export function sdkAttributes(keys: readonly string[], values: readonly NativeValue[]): SdkAttributes {
  const attributes: SdkAttributes = Object.create(null);
  for (const [index, key] of keys.entries()) {
    const value = values[index];
    attributes[key] = typeof value === 'object' ? sdkValue(value) : value;
  }
  return attributes;
}

/** The same of a model. */
export function sdkMap(model: readonly KeyValue[]): SdkAttributes {
  const attributes: SdkAttributes = Object.create(null);
  for (const { key, value } of model) attributes[key] = sdkValue(value ?? {});
  return attributes;
}

type SdkAttributes = { [key: string]: unknown };

function sdkValue(model: AnyValue): unknown {
  const { stringValue, boolValue, intValue, doubleValue, bytesValue, arrayValue, kvlistValue } = model;
  if (intValue !== undefined) return Number(intValue);
  if (arrayValue !== undefined) return (arrayValue.values ?? []).map(sdkValue);
  if (kvlistValue !== undefined) return sdkMap(kvlistValue.values ?? []);
  return stringValue ?? boolValue ?? doubleValue ?? bytesValue ?? null;
}
