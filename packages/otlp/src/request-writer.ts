import { within } from './fault.js';
import type { FieldOutput } from './field-output.js';
import { checkMembers, listOf } from './member-check.js';
import type { EntityRef, Resource, ResourceSpans, Scope, ScopeSpans, Span, TraceRequest } from './model.js';
import { checkedText } from './scalar-check.js';
import * as schema from './schema.js';
import { writeSpan } from './span-writer.js';
import { writeKeyValues } from './value-writer.js';

/** Writes one field that is a message: its tag, its length, and its content by `write`. */
interface Part<T> {
  name: string;
  /** Room for the length: about how long the content is. */
  guess: number;
  write(out: FieldOutput, value: T): void;
}

const resourceSpansPart: Part<ResourceSpans> = {
  name: 'resourceSpans',
  guess: 0x4000,
  write: writeResourceSpans,
};
const scopeSpansPart: Part<ScopeSpans> = { name: 'scopeSpans', guess: 0x4000, write: writeScopeSpans };
const spanPart: Part<Span> = { name: 'spans', guess: 0x80, write: (out, value) => writeSpan(out, value) };
const resourcePart: Part<Resource> = { name: 'resource', guess: 0x80, write: writeResource };
const scopePart: Part<Scope> = { name: 'scope', guess: 0, write: writeScope };
const entityRefPart: Part<EntityRef> = { name: 'entityRefs', guess: 0, write: writeEntityRef };

export function writeRequest(out: FieldOutput, request: TraceRequest): void {
  checkMembers(schema.traceRequest, request);
  writeList(out, request.resourceSpans, { tag: 0x0a, part: resourceSpansPart });
}

function writeList<T>(
  out: FieldOutput,
  list: readonly T[] | undefined,
  at: { tag: number; part: Part<T> },
): void {
  const { part } = at;
  const elements = listOf(list, part.name);
  let i = 0;
  try {
    for (; i < elements.length; i++) writeMessage(out, elements[i] as T, at);
  } catch (error) {
    throw within(error, part.name, i);
  }
}

function writeMessage<T>(out: FieldOutput, value: T, { tag, part }: { tag: number; part: Part<T> }): void {
  out.need(1);
  out.byte(tag);
  const mark = out.open(part.guess);
  part.write(out, value);
  out.close(mark, part.guess);
}

function writeSingle<T>(out: FieldOutput, value: T | undefined, part: Part<T>): void {
  if (value === undefined) return;
  try {
    writeMessage(out, value, { tag: 0x0a, part });
  } catch (error) {
    throw within(error, part.name);
  }
}

/** A resource in its group, or nothing. */
export function writeResourcePart(out: FieldOutput, resource: Resource | undefined): void {
  writeSingle(out, resource, resourcePart);
}

/** A scope in its group, or nothing. */
export function writeScopePart(out: FieldOutput, scope: Scope | undefined): void {
  writeSingle(out, scope, scopePart);
}

function writeResourceSpans(out: FieldOutput, value: ResourceSpans): void {
  checkMembers(schema.resourceSpans, value);
  writeResourcePart(out, value.resource);
  writeList(out, value.scopeSpans, { tag: 0x12, part: scopeSpansPart });
  out.textField(0x1a, value.schemaUrl, 'schemaUrl');
}

function writeScopeSpans(out: FieldOutput, value: ScopeSpans): void {
  checkMembers(schema.scopeSpans, value);
  writeScopePart(out, value.scope);
  writeList(out, value.spans, { tag: 0x12, part: spanPart });
  out.textField(0x1a, value.schemaUrl, 'schemaUrl');
}

/** The fields of a Resource, without tag and length. */
export function writeResource(out: FieldOutput, resource: Resource): void {
  checkMembers(schema.resource, resource);
  writeKeyValues(out, resource.attributes, { name: 'attributes', tag: 0x0a, depth: 0 });
  out.uint32Field(0x10, resource.droppedAttributesCount, 'droppedAttributesCount');
  writeList(out, resource.entityRefs, { tag: 0x1a, part: entityRefPart });
}

/** The fields of an InstrumentationScope, without tag and length. */
export function writeScope(out: FieldOutput, scope: Scope): void {
  checkMembers(schema.scope, scope);
  out.textField(0x0a, scope.name, 'name');
  out.textField(0x12, scope.version, 'version');
  writeKeyValues(out, scope.attributes, { name: 'attributes', tag: 0x1a, depth: 0 });
  out.uint32Field(0x20, scope.droppedAttributesCount, 'droppedAttributesCount');
}

function writeEntityRef(out: FieldOutput, entity: EntityRef): void {
  checkMembers(schema.entityRef, entity);
  out.textField(0x0a, entity.schemaUrl, 'schemaUrl');
  out.textField(0x12, entity.type, 'type');
  writeTexts(out, entity.idKeys, { tag: 0x1a, name: 'idKeys' });
  writeTexts(out, entity.descriptionKeys, { tag: 0x22, name: 'descriptionKeys' });
}

function writeTexts(out: FieldOutput, list: string[] | undefined, at: { tag: number; name: string }): void {
  const texts = listOf(list, at.name);
  let i = 0;
  try {
    for (; i < texts.length; i++) {
      out.need(1);
      out.byte(at.tag);
      out.text(checkedText(texts[i]));
    }
  } catch (error) {
    throw within(error, at.name, i);
  }
}
