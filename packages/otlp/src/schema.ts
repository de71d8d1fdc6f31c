/**
 * The fields of OTLP traces, as data: numbers, names and types of opentelemetry-proto 1.x (trace/v1/trace.proto,
 * common/v1/common.proto, resource/v1/resource.proto, collector/trace/v1/trace_service.proto). The readers of both
 * formats and the JSON writer go by this table.
 *
 * Left out, hence refused as unknown: KeyValue.key_strindex (3) and AnyValue.string_value_strindex (8), which mean
 * something in profiles only, and ResourceSpans' deprecated instrumentation_library_spans (1000).
 */

/** How a single value is spelled. */
export type ScalarType =
  | 'string'
  | 'traceId'
  | 'spanId'
  | 'bytes'
  | 'bool'
  | 'int64'
  | 'uint32'
  | 'fixed32'
  | 'fixed64'
  | 'double'
  | 'spanKind'
  | 'statusCode'
  /** In the JSON of stores only: a single value as it stands, and what has no place in the model. */
  | 'token'
  | 'unplaced';

export interface Field {
  readonly number: number;
  /** lowerCamelCase, the model's spelling. */
  readonly name: string;
  /** snake_case, as in the .proto file; JSON readers take it as well. */
  readonly protoName: string;
  readonly type: ScalarType | MessageType;
  readonly repeated: boolean;
  /** Present in the model even when empty. */
  readonly always: boolean;
  /** In the JSON of stores only: an object whose names are content. */
  readonly keyed: boolean;
}

/** One message of the schema. */
export class MessageType {
  readonly name: string;
  /** At most one field is present, and then even when it holds the default. */
  readonly oneof: boolean;
  /** A list or map inside a value: each counts as one level of nesting. */
  readonly nests: boolean;
  /** Whether names are taken in the spelling of the .proto file as well. */
  readonly #protoNames: boolean;
  fields: readonly Field[] = [];
  /** The fields that are present in the model even when empty. */
  required: readonly Field[] = [];
  /** The list whose elements have keys, which may not occur twice. */
  keyed: Field | undefined;
  readonly byNumber: (Field | undefined)[] = [];
  /** Every spelling of every name. */
  readonly byName: Map<string, Field> = new Map();
  /** The lowerCamelCase names. */
  readonly members: Set<string> = new Set();

  constructor(name: string, traits: { oneof?: boolean; nests?: boolean; protoNames?: boolean } = {}) {
    this.name = name;
    this.oneof = traits.oneof ?? false;
    this.nests = traits.nests ?? false;
    this.#protoNames = traits.protoNames ?? true;
  }

  /** Gives the message its fields, `[number, name, type]`; `[type]` is a list; a fourth element: always present, or keyed. */
  has(rows: readonly Row[]): void {
    this.fields = rows.map(toField);
    this.required = this.fields.filter((field) => field.always);
    for (const field of this.fields) {
      this.byNumber[field.number] = field;
      this.byName.set(field.name, field);
      if (this.#protoNames) this.byName.set(field.protoName, field);
      this.members.add(field.name);
      if (field.repeated && field.type === keyValue) this.keyed = field;
    }
  }
}

type AnyType = ScalarType | MessageType;
type Row = readonly [number, string, AnyType | readonly [AnyType], ('always' | 'keyed')?];

function toField([number, name, type, kind]: Row): Field {
  const repeated = Array.isArray(type);
  return {
    number,
    name,
    protoName: name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`),
    type: (repeated ? type[0] : type) as AnyType,
    repeated,
    always: kind === 'always',
    keyed: kind === 'keyed',
  };
}

export const anyValue: MessageType = new MessageType('AnyValue', { oneof: true });
export const arrayValue: MessageType = new MessageType('ArrayValue', { nests: true });
export const keyValueList: MessageType = new MessageType('KeyValueList', { nests: true });
export const keyValue: MessageType = new MessageType('KeyValue');
export const entityRef: MessageType = new MessageType('EntityRef');
export const resource: MessageType = new MessageType('Resource');
export const scope: MessageType = new MessageType('InstrumentationScope');
export const spanEvent: MessageType = new MessageType('Span.Event');
export const spanLink: MessageType = new MessageType('Span.Link');
export const spanStatus: MessageType = new MessageType('Status');
export const span: MessageType = new MessageType('Span');
export const scopeSpans: MessageType = new MessageType('ScopeSpans');
export const resourceSpans: MessageType = new MessageType('ResourceSpans');
export const traceRequest: MessageType = new MessageType('ExportTraceServiceRequest');

anyValue.has([
  [1, 'stringValue', 'string'],
  [2, 'boolValue', 'bool'],
  [3, 'intValue', 'int64'],
  [4, 'doubleValue', 'double'],
  [5, 'arrayValue', arrayValue],
  [6, 'kvlistValue', keyValueList],
  [7, 'bytesValue', 'bytes'],
]);
arrayValue.has([[1, 'values', [anyValue]]]);
keyValueList.has([[1, 'values', [keyValue]]]);
keyValue.has([
  [1, 'key', 'string', 'always'],
  [2, 'value', anyValue],
]);
entityRef.has([
  [1, 'schemaUrl', 'string'],
  [2, 'type', 'string'],
  [3, 'idKeys', ['string']],
  [4, 'descriptionKeys', ['string']],
]);
resource.has([
  [1, 'attributes', [keyValue]],
  [2, 'droppedAttributesCount', 'uint32'],
  [3, 'entityRefs', [entityRef]],
]);
scope.has([
  [1, 'name', 'string'],
  [2, 'version', 'string'],
  [3, 'attributes', [keyValue]],
  [4, 'droppedAttributesCount', 'uint32'],
]);
spanEvent.has([
  [1, 'timeUnixNano', 'fixed64'],
  [2, 'name', 'string'],
  [3, 'attributes', [keyValue]],
  [4, 'droppedAttributesCount', 'uint32'],
]);
spanLink.has([
  [1, 'traceId', 'traceId'],
  [2, 'spanId', 'spanId'],
  [3, 'traceState', 'string'],
  [4, 'attributes', [keyValue]],
  [5, 'droppedAttributesCount', 'uint32'],
  [6, 'flags', 'fixed32'],
]);
spanStatus.has([
  [2, 'message', 'string'],
  [3, 'code', 'statusCode'],
]);
span.has([
  [1, 'traceId', 'traceId'],
  [2, 'spanId', 'spanId'],
  [3, 'traceState', 'string'],
  [4, 'parentSpanId', 'spanId'],
  [5, 'name', 'string'],
  [6, 'kind', 'spanKind'],
  [7, 'startTimeUnixNano', 'fixed64'],
  [8, 'endTimeUnixNano', 'fixed64'],
  [9, 'attributes', [keyValue]],
  [10, 'droppedAttributesCount', 'uint32'],
  [11, 'events', [spanEvent]],
  [12, 'droppedEventsCount', 'uint32'],
  [13, 'links', [spanLink]],
  [14, 'droppedLinksCount', 'uint32'],
  [15, 'status', spanStatus],
  [16, 'flags', 'fixed32'],
]);
scopeSpans.has([
  [1, 'scope', scope],
  [2, 'spans', [span], 'always'],
  [3, 'schemaUrl', 'string'],
]);
resourceSpans.has([
  [1, 'resource', resource],
  [2, 'scopeSpans', [scopeSpans], 'always'],
  [3, 'schemaUrl', 'string'],
]);
traceRequest.has([[1, 'resourceSpans', [resourceSpans], 'always']]);
