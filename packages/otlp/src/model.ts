/**
 * The OTLP trace model: one request, with its members named and spelled as in OTLP's JSON mapping, so that a model
 * that a reader of this package returned is itself a valid OTLP/JSON document.
 *
 * Spelling, by the readers' output: ids are lower-case hex, 64-bit integers are decimal strings, bytes are standard
 * padded base64, doubles are numbers except 'NaN', 'Infinity', '-Infinity'. A member that holds its default ('', 0, an
 * empty list) is absent, since proto3 cannot tell the two apart; only `resourceSpans`, `scopeSpans`, `spans` and `key`
 * are always there. Whether a message (resource, scope, status, value) is present is kept. So one request has one
 * model, whatever format it came in.
 *
 * The writers also take defaults written out, undefined for absent members, safe integers and bigints for 64-bit
 * members, hex in either case, and Uint8Array for bytes.
 *
 * Source: opentelemetry-proto, trace/v1/trace.proto, common/v1/common.proto, "JSON Protobuf Encoding".
 */

/** One ExportTraceServiceRequest. */
export interface TraceRequest {
  resourceSpans: ResourceSpans[];
}

export interface ResourceSpans {
  resource?: Resource;
  scopeSpans: ScopeSpans[];
  schemaUrl?: string;
}

export interface Resource {
  attributes?: KeyValue[];
  droppedAttributesCount?: number;
  entityRefs?: EntityRef[];
}

/** A reference from a resource to one of its entities (common.proto, EntityRef). */
export interface EntityRef {
  schemaUrl?: string;
  type?: string;
  idKeys?: string[];
  descriptionKeys?: string[];
}

export interface ScopeSpans {
  scope?: Scope;
  spans: Span[];
  schemaUrl?: string;
}

/** InstrumentationScope. */
export interface Scope {
  name?: string;
  version?: string;
  attributes?: KeyValue[];
  droppedAttributesCount?: number;
}

export interface Span {
  /** 32 hex digits; '' is the same as absent. All zeros are kept as they are: void in the canonical form. */
  traceId?: string;
  /** 16 hex digits, likewise. */
  spanId?: string;
  traceState?: string;
  parentSpanId?: string;
  flags?: number;
  name?: string;
  /** 0 unspecified, 1 internal, 2 server, 3 client, 4 producer, 5 consumer; unknown numbers are kept. */
  kind?: number;
  /** Nanoseconds since the Unix epoch. */
  startTimeUnixNano?: Uint64;
  endTimeUnixNano?: Uint64;
  attributes?: KeyValue[];
  droppedAttributesCount?: number;
  events?: SpanEvent[];
  droppedEventsCount?: number;
  links?: SpanLink[];
  droppedLinksCount?: number;
  status?: SpanStatus;
}

export interface SpanEvent {
  timeUnixNano?: Uint64;
  name?: string;
  attributes?: KeyValue[];
  droppedAttributesCount?: number;
}

export interface SpanLink {
  traceId?: string;
  spanId?: string;
  traceState?: string;
  attributes?: KeyValue[];
  droppedAttributesCount?: number;
  flags?: number;
}

export interface SpanStatus {
  message?: string;
  /** 0 unset, 1 ok, 2 error; unknown numbers are kept. */
  code?: number;
}

export interface KeyValue {
  key: string;
  /** Absent means the same as `{}`, the empty value. */
  value?: AnyValue;
}

/** At most one member is present; none is the empty value. */
export interface AnyValue {
  stringValue?: string;
  boolValue?: boolean;
  /** Readers give a decimal string; writers also take a safe integer or a bigint. */
  intValue?: string | number | bigint;
  /** Readers give 'NaN', 'Infinity', '-Infinity' as text; writers take the numbers as well. */
  doubleValue?: number | 'NaN' | 'Infinity' | '-Infinity';
  arrayValue?: { values?: AnyValue[] };
  kvlistValue?: { values?: KeyValue[] };
  /** Readers give padded base64; writers also take the bytes. */
  bytesValue?: string | Uint8Array;
}

/** A 64-bit unsigned integer: readers give a decimal string. */
export type Uint64 = string | number | bigint;
