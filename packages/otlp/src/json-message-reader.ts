import type { Assembly, Message } from './assembly.js';
import { refuse, refuseMember, within } from './fault.js';
import { hexOfBase64Id, readJsonScalar } from './json-scalar.js';
import type { JsonSource } from './json-source.js';
import { type Field, MessageType, resource, resourceSpans, type ScalarType } from './schema.js';

/** What a reader takes beyond OTLP/JSON. */
export interface JsonDialect {
  /** Ids may be padded base64 as well, as protobuf's own JSON writes bytes: their lengths tell them from hex. */
  readonly base64Ids: boolean;
}

const nullableScalars: ReadonlySet<ScalarType> = new Set(['string', 'token', 'unplaced']);

/** Reads messages by their schema, strictly: what it cannot represent it refuses. */
export class JsonMessageReader {
  readonly #source: JsonSource;
  readonly #assembly: Assembly;
  readonly #base64Ids: boolean;
  #straySchemaUrl: string | undefined;

  constructor(source: JsonSource, assembly: Assembly, dialect: JsonDialect = { base64Ids: false }) {
    this.#source = source;
    this.#assembly = assembly;
    this.#base64Ids = dialect.base64Ids;
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
      if (field.keyed) this.#entries(message, field, depth);
      else if (field.repeated) this.#list(message, field, depth);
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
    const nullable = field.repeated || field.type instanceof MessageType || nullableScalars.has(field.type);
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
        list.push(type instanceof MessageType ? this.message(type, depth) : this.#scalarOf(type));
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
        const value = field.type === 'unplaced' ? this.#skip(depth) : this.#scalarOf(field.type);
        this.#assembly.scalar(message, { type, field, value });
      }
    } catch (error) {
      throw within(error, field.name);
    }
  }

  /** An object whose names are the content: a list of `{ name, value }`, as JSON may hold any name. */
  #entries(message: Message, field: Field, depth: number): void {
    const { type, name: member } = field;
    if (!(type instanceof MessageType)) return;
    const names = new Set<string>();
    try {
      this.#expectObject('an object');
      this.#source.eachMember((name) => {
        if (names.size === names.add(name).size) refuse('DUPLICATE_FIELD', 'each name once', 'a second one');
        const list = this.#assembly.list(message, field);
        try {
          list.push({ name, value: this.message(type, depth) });
        } catch (error) {
          // The name is attacker-controlled: a path has its place instead.
          throw within(error, '', list.length);
        }
      });
    } catch (error) {
      throw within(error, member);
    }
  }

  /** Reads over what has no place in the model; whether it holds anything. */
  #skip(outer: number): boolean {
    const kind = this.#source.kind();
    if (kind !== 'object' && kind !== 'array') {
      const value = this.#source.scalar();
      return value !== null && value !== '';
    }
    const { maxDepth } = this.#assembly.limits;
    if (outer >= maxDepth) refuse('DEPTH', `at most ${maxDepth} levels`, 'more levels');
    let holds = false;
    const visit = (): void => {
      holds = true;
      this.#skip(outer + 1);
    };
    if (kind === 'object') this.#source.eachMember(visit);
    else this.#source.eachElement(visit);
    return holds;
  }

  #scalarOf(type: ScalarType): unknown {
    const kind = this.#source.kind();
    if (kind === 'object' || kind === 'array') refuse('TYPE', 'a single value', kind);
    const token = this.#source.scalar();
    return readJsonScalar(type, this.#base64Ids ? hexOfBase64Id(type, token) : token);
  }

  #expectObject(what: string): void {
    const here = this.#source.kind();
    if (here === 'object') return;
    // A number that is none is no JSON at all, which is the better reason to give.
    if (here === 'number') this.#source.scalar();
    refuse('TYPE', what, here);
  }
}
