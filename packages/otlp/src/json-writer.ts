import { refuse, refuseMember, within } from './fault.js';
import { Int64 } from './int64.js';
import { maxValueDepth } from './limits.js';
import { checkMembers, listOf } from './member-check.js';
import type { TraceRequest } from './model.js';
import * as check from './scalar-check.js';
import { type Field, MessageType, type ScalarType, traceRequest } from './schema.js';

/** JavaScript ends texts at 2^29 characters; two parts of this length can still be joined. */
const longestText = 0x8000000;

const int64 = new Int64();

/** One request as OTLP/JSON in UTF-8, members in the order of their field numbers. */
export function jsonRequest(request: TraceRequest): Uint8Array {
  const text = messageText(traceRequest, request, 0);
  return new Uint8Array(Buffer.from(text, 'utf8'));
}

function messageText(type: MessageType, value: unknown, outer: number): string {
  checkMembers(type, value);
  if (type.nests && outer >= maxValueDepth) refuse('DEPTH', `at most ${maxValueDepth} levels`, 'more levels');
  const depth = type.nests ? outer + 1 : outer;
  let text = '{';
  for (const field of type.fields) {
    const member = (value as Record<string, unknown>)[field.name];
    const content = memberText(type, field, { value: member, depth });
    if (content === undefined) continue;
    if (text !== '{') {
      if (type.oneof) refuse('DUPLICATE_FIELD', 'one member', 'a second one');
      text += ',';
    }
    text += `"${field.name}":${content}`;
    if (text.length > longestText) refuse('SIZE', `at most ${longestText} characters`, 'more characters');
  }
  return `${text}}`;
}

/** The text of a member; undefined when it is left out. */
function memberText(
  type: MessageType,
  field: Field,
  at: { value: unknown; depth: number },
): string | undefined {
  if (field.repeated) return listText(field, at);
  if (at.value === undefined) return field.always ? requiredKey(field) : undefined;
  try {
    if (field.type instanceof MessageType) return messageText(field.type, at.value, at.depth);
    const text = scalarText(field.type, at.value);
    return type.oneof || field.always || !(text === '""' || text === '0' || text === '"0"')
      ? text
      : undefined;
  } catch (error) {
    throw within(error, field.name);
  }
}

function requiredKey(field: Field): never {
  return refuseMember(field.name, 'TYPE', { expected: 'a string', got: 'undefined' });
}

function listText(field: Field, { value, depth }: { value: unknown; depth: number }): string | undefined {
  const list = listOf(value as readonly unknown[] | undefined, field.name);
  if (list.length === 0) return field.always ? '[]' : undefined;
  let text = '[';
  let i = 0;
  try {
    for (; i < list.length; i++) {
      const { type } = field;
      if (i > 0) text += ',';
      text += type instanceof MessageType ? messageText(type, list[i], depth) : scalarText(type, list[i]);
      if (text.length > longestText) refuse('SIZE', `at most ${longestText} characters`, 'more characters');
    }
  } catch (error) {
    throw within(error, field.name, i);
  }
  return `${text}]`;
}

function scalarText(type: ScalarType, value: unknown): string {
  switch (type) {
    case 'string':
      return JSON.stringify(check.wellFormed(check.checkedText(value)));
    case 'traceId':
      return `"${check.checkedId(value, 32).toLowerCase()}"`;
    case 'spanId':
      return `"${check.checkedId(value, 16).toLowerCase()}"`;
    case 'bytes':
      return `"${Buffer.from(check.checkedBytes(value)).toString('base64')}"`;
    case 'bool':
      return String(check.checkedBool(value));
    case 'int64':
      check.setInt64(int64, value);
      return `"${int64.signedText()}"`;
    case 'fixed64':
      check.setUint64(int64, value);
      return `"${int64.unsignedText()}"`;
    case 'double':
      return doubleText(check.checkedDouble(value));
    case 'uint32':
    case 'fixed32':
      return String(check.checkedUint32(value));
    default:
      return String(check.checkedInt32(value));
  }
}

function doubleText(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  return Object.is(value, -0) ? '-0' : String(value);
}
