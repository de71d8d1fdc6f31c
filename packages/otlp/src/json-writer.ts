import { refuse, refuseMember, within } from './fault.js';
import { Int64 } from './int64.js';
import { maxValueDepth } from './limits.js';
import { checkMembers, listOf } from './member-check.js';
import type { TraceRequest } from './model.js';
import type { ProtobufOutput } from './protobuf-output.js';
import * as check from './scalar-check.js';
import { type Field, MessageType, type ScalarType, traceRequest } from './schema.js';

const int64 = new Int64();

/** One request as OTLP/JSON in UTF-8, members in the order of their field numbers. */
export function writeJsonRequest(out: ProtobufOutput, request: TraceRequest): void {
  writeMessage(out, request, { type: traceRequest, depth: 0 });
}

function writeMessage(out: ProtobufOutput, value: unknown, at: { type: MessageType; depth: number }): void {
  const { type } = at;
  checkMembers(type, value);
  if (type.nests && at.depth >= maxValueDepth)
    refuse('DEPTH', `at most ${maxValueDepth} levels`, 'more levels');
  const depth = type.nests ? at.depth + 1 : at.depth;
  const start = out.at;
  for (const field of type.fields) {
    const separator = out.at === start ? '{' : ',';
    const member = (value as Record<string, unknown>)[field.name];
    if (field.repeated) writeList(out, member, { field, depth, separator });
    else if (member !== undefined) writeMember(out, member, { type, field, depth, separator });
    else if (field.always) refuseMember(field.name, 'TYPE', { expected: 'a string', got: 'undefined' });
  }
  out.characters(out.at === start ? '{}' : '}');
}

/** Where a member stands: `separator` goes in front of its name. */
interface MemberPlace {
  field: Field;
  depth: number;
  separator: string;
}

function writeMember(out: ProtobufOutput, value: unknown, at: MemberPlace & { type: MessageType }): void {
  const { type, field, depth, separator } = at;
  if (type.oneof && separator === ',') refuse('DUPLICATE_FIELD', 'one member', 'a second one');
  try {
    if (field.type instanceof MessageType) {
      out.characters(`${separator}"${field.name}":`);
      writeMessage(out, value, { type: field.type, depth });
      return;
    }
    const text = scalarText(field.type, value);
    if (!type.oneof && !field.always && text === defaultText(field.type)) return;
    out.characters(`${separator}"${field.name}":`);
    out.characters(text);
  } catch (error) {
    throw within(error, field.name);
  }
}

function writeList(out: ProtobufOutput, value: unknown, { field, depth, separator }: MemberPlace): void {
  const list = listOf(value as readonly unknown[] | undefined, field.name);
  if (list.length === 0 && !field.always) return;
  out.characters(`${separator}"${field.name}":[`);
  const { type } = field;
  let i = 0;
  try {
    for (; i < list.length; i++) {
      if (i > 0) out.characters(',');
      if (type instanceof MessageType) writeMessage(out, list[i], { type, depth });
      else out.characters(scalarText(type, list[i]));
    }
  } catch (error) {
    throw within(error, field.name, i);
  }
  out.characters(']');
}

/** What is left out: a text that reads `0` is not the default of a text. */
function defaultText(type: ScalarType): string {
  switch (type) {
    case 'string':
    case 'traceId':
    case 'spanId':
    case 'bytes':
      return '""';
    case 'fixed64':
    case 'int64':
      return '"0"';
    default:
      return '0';
  }
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
