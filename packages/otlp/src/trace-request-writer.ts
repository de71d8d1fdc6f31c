import { lendOutput } from './encode.js';
import { orOtlpError, refuse } from './fault.js';
import type { FieldOutput } from './field-output.js';
import type { Resource, Scope, Span } from './model.js';
import { isNativeSpan, type NativeSpan } from './native-span.js';
import { writeNativeSpan } from './native-span-writer.js';
import { giveMemoryBack, noteRequestSize, takeMemory } from './request-memory.js';
import { writeResourcePart, writeScopePart } from './request-writer.js';
import { type SealedCore, writeSealedSpan } from './sealed-span-writer.js';
import { sealAttributeKey, writeSpan } from './span-writer.js';

/** Where a span comes from. Spans of the same resource and scope objects are written into one group. */
export interface SpanOrigin {
  readonly resource?: Resource | undefined;
  /** Belongs to the resource object: one object has one schema URL. */
  readonly resourceSchemaUrl?: string | undefined;
  readonly scope?: Scope | undefined;
  /** Belongs to the scope object. */
  readonly scopeSchemaUrl?: string | undefined;
}

interface ScopeGroup {
  readonly origin: SpanOrigin;
  /** Where its spans stand: from, to, from, to, … */
  readonly runs: number[];
  size: number;
}

const noResource: Resource = {};
const noScope: Scope = {};
/** Above what resource, scope and the lengths of a group take, as a rule. */
const groupRoom = 512;
/** What stands in front of the spans of the only group is written there at last, and nothing is moved. More than it takes, as a rule. */
const frontRoom = 4096;
/** Of two messages: tag and length. */
const mostLengths = 12;
const spanTag = 0x12;
/** Bytes of a span as a rule: two bytes of length. */
const spanGuess = 0x80;

/**
 * Writes one ExportTraceServiceRequest in protobuf span by span, as they are sealed: each is written once, and neither the
 * request nor its spans exist as objects.
 */
export class TraceRequestWriter {
  #spans: FieldOutput = takeMemory();
  readonly #groups = new Map<Resource, Map<Scope, ScopeGroup>>();
  #last: ScopeGroup | undefined;
  #isAdding = false;
  #isFinished = false;
  /** Where the request stands, until it is released. */
  #finished: FieldOutput | undefined;

  constructor() {
    this.#spans.need(frontRoom);
    this.#spans.at = frontRoom;
  }

  /** Bytes of the spans that were added. */
  get size(): number {
    return this.#isFinished ? 0 : this.#spans.at - frontRoom;
  }

  /**
   * Adds a span; a seal among its attributes, which an app set, is left out.
   *
   * @param sealed the span's core form and its seal, as {@link withCanonicalCoreSpan} lent it.
   * @throws {OtlpError} as `encodeTraceRequest()`, with paths that start at the span; VALUE for a request that is finished. Nothing was
   * added then.
   */
  add(origin: SpanOrigin, span: Span | NativeSpan, sealed?: SealedCore): void {
    const out = this.#spans;
    const start = out.at;
    this.#refuseFinished();
    // A getter of a span would write another one into the middle of it.
    if (this.#isAdding) orOtlpError(() => refuse('VALUE', 'a span that adds no other', 'one that does'));
    this.#isAdding = true;
    try {
      orOtlpError(() => {
        out.need(1);
        out.byte(spanTag);
        const guess = sealed === undefined ? spanGuess : sealed.bytes.length + sealed.seal.length;
        const mark = out.open(guess);
        if (sealed !== undefined) writeSealedSpan(out, span, sealed);
        else if (isNativeSpan(span)) writeNativeSpan(out, span.parts);
        else writeSpan(out, span, sealAttributeKey);
        out.close(mark, guess);
      });
    } catch (error) {
      out.at = start;
      throw error;
    } finally {
      this.#isAdding = false;
    }
    this.#note(this.#groupOf(origin), start);
  }

  /**
   * The bytes of the request, once. Nothing can be added any more.
   *
   * @throws {OtlpError} as `encodeTraceRequest()`; VALUE for a request that is finished.
   */
  finish(): Uint8Array {
    this.#refuseFinished();
    return orOtlpError(() => {
      const groups = [...this.#groups.values()].map((scopes) => [...scopes.values()]);
      const [only, another] = groups.flat();
      const inPlace = only !== undefined && another === undefined ? this.#inPlace(only) : undefined;
      const bytes = inPlace ?? this.#gathered(groups);
      noteRequestSize(bytes.length + frontRoom);
      this.#isFinished = true;
      return bytes;
    });
  }

  /** Nobody reads the bytes of the request any more: their memory is for others. Who may still read them does not call it. */
  release(): void {
    if (this.#finished !== undefined) giveMemoryBack(this.#finished);
    this.#finished = undefined;
  }

  #refuseFinished(): void {
    if (this.#isFinished)
      orOtlpError(() => refuse('VALUE', 'a request that goes on', 'one that is finished'));
  }

  /** The request where its spans stand; undefined when there is no room in front of them. */
  #inPlace({ origin }: ScopeGroup): Uint8Array | undefined {
    const out = this.#spans;
    const start = lendOutput('wire', (front) => {
      writeResourcePart(front, origin.resource);
      const scopeAt = front.at;
      writeScopePart(front, origin.scope);
      if (front.at + mostLengths > frontRoom) return undefined;
      out.textField(0x1a, origin.scopeSchemaUrl, 'schemaUrl');
      const scopeLength = front.at - scopeAt + out.at - frontRoom;
      out.textField(0x1a, origin.resourceSchemaUrl, 'schemaUrl');
      const joined = joinFront(front, { scopeAt, scopeLength, rest: out.at - frontRoom });
      const at = frontRoom - joined.length;
      out.bytes.set(joined, at);
      return at;
    });
    if (start === undefined) return undefined;
    this.#finished = out;
    return out.bytes.subarray(start, out.at);
  }

  /** The request with its groups one behind the other. */
  #gathered(groups: readonly (readonly ScopeGroup[])[]): Uint8Array {
    const out = takeMemory();
    for (const scopes of groups) this.#writeResource(out, scopes);
    giveMemoryBack(this.#spans);
    this.#finished = out;
    return out.bytes.subarray(0, out.at);
  }

  #groupOf(origin: SpanOrigin): ScopeGroup {
    const { resource = noResource, scope = noScope } = origin;
    const last = this.#last;
    if (last !== undefined && (last.origin.resource ?? noResource) === resource) {
      if ((last.origin.scope ?? noScope) === scope) return last;
    }
    const scopes = this.#groups.get(resource) ?? new Map<Scope, ScopeGroup>();
    this.#groups.set(resource, scopes);
    const group = scopes.get(scope) ?? { origin, runs: [], size: 0 };
    scopes.set(scope, group);
    this.#last = group;
    return group;
  }

  #note(group: ScopeGroup, start: number): void {
    const end = this.#spans.at;
    const { runs } = group;
    if (runs.at(-1) === start) runs[runs.length - 1] = end;
    else runs.push(start, end);
    group.size += end - start;
  }

  #writeResource(out: FieldOutput, groups: readonly ScopeGroup[]): void {
    const guess = groups.reduce((sum, { size }) => sum + size + groupRoom, groupRoom);
    const { resource, resourceSchemaUrl } = groups[0]?.origin ?? {};
    out.need(guess);
    out.byte(0x0a);
    const mark = out.open(guess);
    writeResourcePart(out, resource);
    for (const group of groups) this.#writeScope(out, group);
    out.textField(0x1a, resourceSchemaUrl, 'schemaUrl');
    out.close(mark, guess);
  }

  #writeScope(out: FieldOutput, { origin, runs, size }: ScopeGroup): void {
    const guess = size + groupRoom;
    out.need(1);
    out.byte(0x12);
    const mark = out.open(guess);
    writeScopePart(out, origin.scope);
    for (let i = 0; i < runs.length; i += 2) out.raw(this.#spans.bytes.subarray(runs[i], runs[i + 1]));
    out.textField(0x1a, origin.scopeSchemaUrl, 'schemaUrl');
    out.close(mark, guess);
  }
}

interface FrontParts {
  /** Where the scope begins, behind the resource. */
  readonly scopeAt: number;
  /** Bytes of the whole message of the scope. */
  readonly scopeLength: number;
  /** Bytes of all that comes behind the front. */
  readonly rest: number;
}

/** Resource and scope with the tags and lengths of the messages that they stand in. */
function joinFront(front: FieldOutput, { scopeAt, scopeLength, rest }: FrontParts): Uint8Array {
  const scope = front.copy(scopeAt);
  front.at = scopeAt;
  const resource = front.copy(0);
  front.at = 0;
  front.need(mostLengths + scope.length);
  front.byte(0x12);
  front.varint(scopeLength);
  front.raw(scope);
  const inner = front.copy(0);
  front.at = 0;
  front.byte(0x0a);
  front.varint(resource.length + inner.length + rest);
  front.raw(resource);
  front.raw(inner);
  return front.bytes.subarray(0, front.at);
}
