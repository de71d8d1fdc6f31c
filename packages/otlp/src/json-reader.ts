import { isUtf8 } from 'node:buffer';
import { types } from 'node:util';
import { Assembly, type Message } from './assembly.js';
import { kindOf, orOtlpError, refuse, refuseMember, within } from './fault.js';
import { readJsonScalar } from './json-scalar.js';
import type { JsonSource } from './json-source.js';
import { JsonText } from './json-text.js';
import { JsonValue } from './json-value.js';
import type { ReadLimits } from './limits.js';
import type { TraceRequest } from './model.js';
import { type Field, MessageType, resource, resourceSpans, traceRequest } from './schema.js';

/**
 * Reads one ExportTraceServiceRequest from OTLP/JSON, text or UTF-8 bytes, which are attacker-controlled. It gives the
 * model that {@link decodeTraceRequest} gives for the same request in protobuf, and is as strict; time and memory are
 * linear in the input, and integers keep every digit.
 *
 * It takes what the Collector takes: member names in lowerCamelCase and as in the .proto file, enums as numbers and
 * by name, ids in either case, 64-bit integers as text and as numbers, doubles as text, null for an absent message,
 * list or text. Where the Collector drops or guesses, it refuses: unknown names, a member twice (in either spelling),
 * two members of one AnyValue or null for one, null in a list, spellings of doubles that JSON does not have, text
 * behind the document.
 *
 * @throws {OtlpError} codes: JSON for what is no JSON; UNKNOWN_FIELD, DUPLICATE_FIELD, DUPLICATE_KEY, TYPE, VALUE,
 * UTF8, DEPTH, SIZE for what the document holds; OPTION for `limits`.
 */
export function parseTraceRequest(json: string | Uint8Array, limits?: ReadLimits): TraceRequest {
  return orOtlpError(() => {
    const assembly = new Assembly(limits);
    const source = new JsonText(checkedDocument(json, assembly.limits.maxBytes));
    const request = new JsonReader(source, assembly).message(traceRequest, 0);
    source.finish();
    return request as unknown as TraceRequest;
  });
}

/**
 * The same for a value that JSON.parse gave. Two things are beyond it: JSON.parse has already dropped all but the last
 * of equal names, and has rounded integers beyond 2^53, so that a 64-bit member given as such a number is refused.
 *
 * @throws {OtlpError} as {@link parseTraceRequest}; TYPE for what JSON cannot hold.
 */
export function readTraceRequestObject(value: unknown, limits?: ReadLimits): TraceRequest {
  return orOtlpError(() => {
    const reader = new JsonReader(new JsonValue(value), new Assembly(limits));
    return reader.message(traceRequest, 0) as unknown as TraceRequest;
  });
}

function checkedDocument(json: unknown, maxBytes: number): string {
  const isText = typeof json === 'string';
  if (!isText && !types.isUint8Array(json)) refuse('TYPE', 'a string or a Uint8Array', kindOf(json));
  const size = isText ? Buffer.byteLength(json) : json.byteLength;
  if (size > maxBytes) refuse('SIZE', `at most ${maxBytes} bytes`, 'more bytes');
  if (isText) return json;
  if (!isUtf8(json)) refuse('UTF8', 'UTF-8', 'other bytes');
  return Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString('utf8');
}

class JsonReader {
  readonly #source: JsonSource;
  readonly #assembly: Assembly;
  #straySchemaUrl: string | undefined;

  constructor(source: JsonSource, assembly: Assembly) {
    this.#source = source;
    this.#assembly = assembly;
  }

  message(type: MessageType, outer: number): Message {
    this.#expectObject(`an object (${type.name})`);
    const depth = this.#assembly.enter(type, outer);
    const message: Message = {};
    let seen = 0;
    this.#source.eachMember((name) => {
      const field = type.byName.get(name);
      if (field === undefined) {
        if (this.#isStraySchemaUrl(type, name)) return;
        refuse('UNKNOWN_FIELD', `a member of ${type.name}`, 'another name');
      }
      seen = this.#once(type, field, seen);
      if (this.#isAbsent(type, field)) return;
      if (field.repeated) this.#list(message, field, depth);
      else this.#member(message, { type, field, depth });
    });
    this.#assembly.finish(type, message);
    if (type === resourceSpans) this.#settleSchemaUrl(message);
    return message;
  }

  /**
   * The stock JSON serializer of OpenTelemetry JS writes a resource's schema URL in the resource as well, where OTLP has
   * no such member. It is taken there when it says nothing new.
   */
  #isStraySchemaUrl(type: MessageType, name: string): boolean {
    if (type !== resource || name !== 'schemaUrl' || this.#straySchemaUrl !== undefined) return false;
    if (this.#source.kind() !== 'string') return false;
    this.#straySchemaUrl = String(readJsonScalar('string', this.#source.scalar()));
    return true;
  }

  #settleSchemaUrl(message: Message): void {
    const stray = this.#straySchemaUrl;
    this.#straySchemaUrl = undefined;
    if (stray !== undefined && stray !== (message['schemaUrl'] ?? '')) {
      refuseMember('resource', 'UNKNOWN_FIELD', { expected: 'a member of Resource', got: 'another name' });
    }
  }

  #once(type: MessageType, field: Field, seen: number): number {
    try {
      return this.#assembly.once(type, field, seen);
    } catch (error) {
      throw within(error, field.name);
    }
  }

  /** Proto3's JSON takes null for absence; the Collector does so for messages, lists and texts, and for no more. */
  #isAbsent(type: MessageType, field: Field): boolean {
    if (this.#source.kind() !== 'null') return false;
    const nullable = field.repeated || field.type instanceof MessageType || field.type === 'string';
    if (!nullable || type.oneof) refuseMember(field.name, 'TYPE', { expected: 'a value', got: 'null' });
    this.#source.scalar();
    return true;
  }

  #list(message: Message, field: Field, depth: number): void {
    const { type } = field;
    if (this.#source.kind() !== 'array') {
      refuseMember(field.name, 'TYPE', { expected: 'an array', got: this.#source.kind() });
    }
    this.#source.eachElement((index) => {
      const list = this.#assembly.list(message, field);
      try {
        list.push(
          type instanceof MessageType ? this.message(type, depth) : readJsonScalar(type, this.#scalar()),
        );
      } catch (error) {
        throw within(error, field.name, index);
      }
    });
  }

  #member(message: Message, at: { type: MessageType; field: Field; depth: number }): void {
    const { type, field, depth } = at;
    try {
      if (field.type instanceof MessageType) message[field.name] = this.message(field.type, depth);
      else {
        const value = readJsonScalar(field.type, this.#scalar());
        this.#assembly.scalar(message, { type, field, value });
      }
    } catch (error) {
      throw within(error, field.name);
    }
  }

  #scalar(): ReturnType<JsonSource['scalar']> {
    const kind = this.#source.kind();
    if (kind === 'object' || kind === 'array') refuse('TYPE', 'a single value', kind);
    return this.#source.scalar();
  }

  #expectObject(what: string): void {
    const here = this.#source.kind();
    if (here === 'object') return;
    // A number that is none is no JSON at all, which is the better reason to give.
    if (here === 'number') this.#source.scalar();
    refuse('TYPE', what, here);
  }
}
