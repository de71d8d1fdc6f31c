export { knownKeys } from './attribute-keys.js';
export {
  canonicalAnyValue,
  canonicalCoreSpan,
  canonicalKeyValues,
  canonicalResource,
  canonicalScope,
  canonicalSpan,
  type UseOfCore,
  withCanonicalCoreSpan,
} from './canonical.js';
export type { EncodeOptions } from './encode.js';
export { encodeTraceRequest } from './encode.js';
export type { SpanMarks } from './field-output.js';
export { isId } from './id-words.js';
export { parseTraceRequest, readTraceRequestObject } from './json-reader.js';
export type { ReadLimits } from './limits.js';
export type {
  AnyValue,
  EntityRef,
  KeyValue,
  Resource,
  ResourceSpans,
  Scope,
  ScopeSpans,
  Span,
  SpanEvent,
  SpanLink,
  SpanStatus,
  TraceRequest,
  Uint64,
} from './model.js';
export {
  isNativeList,
  isNativeSpan,
  modelAttributes,
  modelOfNative,
  type NativeAttributes,
  type NativeEvent,
  type NativeLink,
  type NativeScalar,
  NativeSpan,
  type NativeSpanParts,
  type NativeTime,
  type NativeValue,
} from './native-span.js';
export type { OtlpErrorCode } from './otlp-error.js';
export { OtlpError } from './otlp-error.js';
export { ownText } from './own-text.js';
export { PlainSpan, type PlainSpanParts } from './plain-span.js';
export { decodeSpan, decodeTraceRequest, type ScannedRequest, scanTraceRequest } from './protobuf-reader.js';
export type { SealedCore } from './sealed-span-writer.js';
export { checkpointAttributeKey, sealAttributeKey } from './span-writer.js';
export {
  parseStoredTraces,
  type SpanPart,
  type StoredTraces,
  type StoreNote,
  type StoreNoteCode,
} from './stored-traces.js';
export { type SpanOrigin, TraceRequestWriter } from './trace-request-writer.js';
export {
  decodeRetryDelay,
  decodeTraceResponse,
  parseTraceResponse,
  type TraceResponse,
} from './trace-response.js';
