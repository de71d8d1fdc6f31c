import { types } from 'node:util';
import { Assembly, type Message } from './assembly.js';
import { kindOf, orOtlpError, refuse, refuseMember, within } from './fault.js';
import type { ReadLimits } from './limits.js';
import type { ResourceSpans, ScopeSpans, Span, TraceRequest } from './model.js';
import type { PlainSpan } from './plain-span.js';
import { PlainSpanScan } from './plain-span-scan.js';
import { ProtobufInput, wire32, wire64, wireBytes, wireVarint } from './protobuf-input.js';
import { type Field, MessageType, type ScalarType, span, traceRequest } from './schema.js';

/**
 * Reads one ExportTraceServiceRequest from protobuf bytes, which are attacker-controlled. Strict: what it cannot
 * represent it refuses, so that nothing is lost in silence; time and memory are linear in the input.
 *
 * @throws {OtlpError} codes: SIZE, DEPTH, TRUNCATED, VARINT, WIRE_TYPE, UNKNOWN_FIELD, DUPLICATE_FIELD,
 * DUPLICATE_KEY, UTF8, VALUE for what the bytes hold; OPTION for `limits`; TYPE when `bytes` are not bytes.
 */
export function decodeTraceRequest(bytes: Uint8Array, limits?: ReadLimits): TraceRequest {
  return readMessage(bytes, limits, { type: traceRequest, scans: false }) as unknown as TraceRequest;
}

/** A request of which some spans were not taken apart. */
export interface ScannedRequest {
  resourceSpans: (Omit<ResourceSpans, 'scopeSpans'> & {
    scopeSpans: (Omit<ScopeSpans, 'spans'> & { spans: (Span | PlainSpan)[] })[];
  })[];
}

/**
 * Reads as {@link decodeTraceRequest} does, but takes no span apart whose bytes already are those of its core form, for who
 * wants no more of it. It keeps the bytes.
 *
 * @throws {OtlpError} as {@link decodeTraceRequest}.
 */
export function scanTraceRequest(bytes: Uint8Array, limits?: ReadLimits): ScannedRequest {
  return readMessage(bytes, limits, { type: traceRequest, scans: true }) as unknown as ScannedRequest;
}

/**
 * Reads one Span message.
 *
 * @throws {OtlpError} as {@link decodeTraceRequest}; paths start at the span.
 */
export function decodeSpan(bytes: Uint8Array, limits?: ReadLimits): Span {
  return readMessage(bytes, limits, { type: span, scans: false }) as unknown as Span;
}

function readMessage(
  bytes: Uint8Array,
  limits: ReadLimits | undefined,
  { type, scans }: { type: MessageType; scans: boolean },
): Message {
  return orOtlpError(() => {
    const assembly = new Assembly(limits);
    if (!types.isUint8Array(bytes)) refuse('TYPE', 'a Uint8Array', kindOf(bytes));
    if (bytes.byteLength > assembly.limits.maxBytes) {
      refuse('SIZE', `at most ${assembly.limits.maxBytes} bytes`, 'more bytes');
    }
    const input = new ProtobufInput(bytes);
    const scan = scans ? new PlainSpanScan(input.bytes) : undefined;
    return new ProtobufReader(input, assembly, scan).message(type, 0);
  });
}

class ProtobufReader {
  readonly #input: ProtobufInput;
  readonly #assembly: Assembly;
  readonly #scan: PlainSpanScan | undefined;

  constructor(input: ProtobufInput, assembly: Assembly, scan: PlainSpanScan | undefined) {
    this.#input = input;
    this.#assembly = assembly;
    this.#scan = scan;
  }

  /** Reads up to the input's end, which the caller has set. */
  message(type: MessageType, outer: number): Message {
    const input = this.#input;
    const depth = this.#assembly.enter(type, outer);
    const message: Message = {};
    let seen = 0;
    while (input.at < input.end) {
      const tag = input.uint32('a field tag');
      const field = type.byNumber[tag >>> 3];
      if (field === undefined) refuseTag(type, tag);
      if ((tag & 7) !== wireType(field)) refuseWireType(field, tag & 7);
      const list = field.repeated ? this.#assembly.list(message, field) : undefined;
      try {
        if (list === undefined) seen = this.#assembly.once(type, field, seen);
        const value = this.#value(field, depth);
        if (list !== undefined) list.push(value);
        else if (field.type instanceof MessageType) message[field.name] = value;
        else this.#assembly.scalar(message, { type, field, value });
      } catch (error) {
        throw within(error, field.name, list?.length);
      }
    }
    this.#assembly.finish(type, message);
    return message;
  }

  #value(field: Field, depth: number): unknown {
    if (!(field.type instanceof MessageType)) return readScalar(this.#input, field.type);
    const input = this.#input;
    const outerEnd = input.end;
    input.end = input.block();
    const plain = field.type === span ? this.#plainSpan() : undefined;
    const message = plain ?? this.message(field.type, depth);
    input.end = outerEnd;
    return message;
  }

  #plainSpan(): PlainSpan | undefined {
    const { at, end } = this.#input;
    const plain = this.#scan?.scan(at, end);
    if (plain === undefined || !this.#assembly.takes(this.#scan?.elements ?? 0)) return undefined;
    this.#input.at = end;
    return plain;
  }
}

function readScalar(input: ProtobufInput, type: ScalarType): unknown {
  switch (type) {
    case 'string':
      return input.text();
    case 'traceId':
      return readId(input, 32);
    case 'spanId':
      return readId(input, 16);
    case 'bytes':
      return input.encoded('base64');
    case 'bool':
      return readBool(input);
    case 'int64':
      input.varint64();
      return input.int64.signedText();
    case 'uint32':
      return input.uint32('an integer of 32 bits');
    case 'fixed32':
      return input.fixed32();
    case 'fixed64':
      input.fixed64();
      return input.int64.unsignedText();
    case 'double':
      return spellDouble(input.double());
    default:
      return readEnum(input);
  }
}

function readId(input: ProtobufInput, digits: number): string {
  const id = input.encoded('hex');
  if (id.length !== 0 && id.length !== digits)
    refuse('VALUE', `${digits / 2} bytes or none`, 'another length');
  return id;
}

function readBool(input: ProtobufInput): boolean {
  const value = input.uint32('0 or 1');
  if (value > 1) refuse('VALUE', '0 or 1', 'another number');
  return value === 1;
}

/** An enum is an int32: negative numbers are written as 64-bit varints. Unknown numbers are kept. */
function readEnum(input: ProtobufInput): number {
  input.varint64();
  const { low, high } = input.int64;
  if (high === (low >= 0x80000000 ? 0xffffffff : 0)) return low | 0;
  return refuse('VALUE', 'an integer of 32 bits', 'a larger one');
}

function spellDouble(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

function wireType({ type }: Field): number {
  switch (type) {
    case 'bool':
    case 'int64':
    case 'uint32':
    case 'spanKind':
    case 'statusCode':
      return wireVarint;
    case 'fixed64':
    case 'double':
      return wire64;
    case 'fixed32':
      return wire32;
    default:
      return wireBytes;
  }
}

function refuseTag(type: MessageType, tag: number): never {
  const wire = tag & 7;
  if (wire === 3 || wire === 4) refuse('WIRE_TYPE', 'a field', 'a group');
  refuse('UNKNOWN_FIELD', `a field of ${type.name}`, `field ${tag >>> 3}`);
}

function refuseWireType(field: Field, wire: number): never {
  const got = wire === 3 || wire === 4 ? 'a group' : `wire type ${wire}`;
  refuseMember(field.name, 'WIRE_TYPE', { expected: `wire type ${wireType(field)}`, got });
}
