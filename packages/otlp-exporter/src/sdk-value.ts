import { type AnyValue, isNativeList, type KeyValue, type NativeValue } from '@spanseal/otlp';

/** Attributes as the SDK has them, of which every serializer makes these again. */
export function sdkAttributes(keys: readonly string[], values: readonly NativeValue[]): SdkAttributes {
  const attributes: SdkAttributes = Object.create(null);
  for (const [index, key] of keys.entries()) {
    const value = values[index];
    if (typeof value === 'string') attributes[key] = value.toWellFormed();
    else if (typeof value !== 'object') attributes[key] = value;
    else attributes[key] = isNativeList(value) ? [...value] : sdkValue(value);
  }
  return attributes;
}

type SdkAttributes = { [key: string]: unknown };

function sdkValue(model: AnyValue): unknown {
  const { stringValue, boolValue, intValue, doubleValue, bytesValue, arrayValue, kvlistValue } = model;
  if (intValue !== undefined) return Number(intValue);
  if (arrayValue !== undefined) return (arrayValue.values ?? []).map(sdkValue);
  if (kvlistValue !== undefined) return mapOf(kvlistValue.values ?? []);
  return stringValue ?? boolValue ?? doubleValue ?? bytesValue ?? null;
}

function mapOf(model: readonly KeyValue[]): SdkAttributes {
  const map: SdkAttributes = Object.create(null);
  for (const { key, value } of model) map[key] = sdkValue(value ?? {});
  return map;
}
