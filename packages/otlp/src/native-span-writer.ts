import { type AttributeHead, attributeKeys } from './attribute-keys.js';
import { EventPieces } from './event-pieces.js';
import type { FieldOutput } from './field-output.js';
import type {
  NativeAttributes,
  NativeEvent,
  NativeLink,
  NativeScalar,
  NativeSpanParts,
  NativeValue,
} from './native-span.js';
import { isNativeList } from './native-span.js';
import { messageGuess } from './span-writer.js';
import { writeAnyValue } from './value-writer.js';

/** Tags of the field that is the list of attributes. */
const tags = { span: 0x4a, event: 0x1a, link: 0x22 };

/** The fields of a span, as `writeSpan()` writes them of its model; attributes are sorted in every form. */
export function writeNativeSpan(out: FieldOutput, span: NativeSpanParts): void {
  const { at: start, marks } = out;
  const exact = out.form !== 'core';
  out.idField(0x0a, span.traceId, 'traceId');
  out.idField(0x12, span.spanId, 'spanId');
  out.textField(0x1a, span.traceState, 'traceState');
  out.idField(0x22, span.parentSpanId, 'parentSpanId');
  out.textField(0x2a, span.name, 'name');
  out.enumField(0x30, span.kind, 'kind');
  out.timeField(0x39, span.startTime);
  out.timeField(0x41, span.endTime);
  marks.attributesStart = out.at - start;
  writeAttributes(out, tags.span, span);
  marks.attributesEnd = out.at - start;
  if (exact) out.uint32Field(0x50, span.droppedAttributesCount, 'droppedAttributesCount');
  writeNativeEvents(out, span.events);
  marks.eventsEnd = out.at - start;
  if (exact) out.uint32Field(0x60, span.droppedEventsCount, 'droppedEventsCount');
  for (const link of span.links) writeNativeLink(out, link);
  marks.linksEnd = out.at - start;
  if (exact) out.uint32Field(0x70, span.droppedLinksCount, 'droppedLinksCount');
  writeNativeStatus(out, span.status);
  if (exact) out.fixed32Field(0x85, span.flags, 'flags');
}

function writeNativeStatus(out: FieldOutput, { code, message }: NativeSpanParts['status']): void {
  out.need(1);
  out.byte(0x7a);
  const mark = out.open(0);
  out.textField(0x12, message, 'message');
  out.enumField(0x18, code, 'code');
  out.close(mark, 0);
}

const noPlaces: readonly number[] = [];

/** The events of a span, each with its tag. */
export function writeNativeEvents(out: FieldOutput, events: readonly NativeEvent[]): void {
  if (events.length === 0) {
    out.marks.eventPlaces = noPlaces;
    return;
  }
  const pieces = new EventPieces(out);
  for (const event of events) {
    writeEvent(out, event);
    pieces.end();
  }
  pieces.settle();
}

function writeEvent(out: FieldOutput, event: NativeEvent): void {
  out.need(1);
  out.byte(0x5a);
  const mark = out.open(messageGuess);
  out.timeField(0x09, event.time);
  out.textField(0x12, event.name, 'name');
  writeAttributes(out, tags.event, event);
  if (out.form !== 'core') out.uint32Field(0x20, event.droppedAttributesCount, 'droppedAttributesCount');
  out.close(mark, messageGuess);
}

/** A link of a span, with its tag. */
export function writeNativeLink(out: FieldOutput, link: NativeLink): void {
  out.need(1);
  out.byte(0x6a);
  const mark = out.open(0);
  out.idField(0x0a, link.traceId, 'traceId');
  out.idField(0x12, link.spanId, 'spanId');
  out.textField(0x1a, link.traceState, 'traceState');
  writeAttributes(out, tags.link, link);
  if (out.form !== 'core') {
    out.uint32Field(0x28, link.droppedAttributesCount, 'droppedAttributesCount');
    out.fixed32Field(0x35, link.flags, 'flags');
  }
  out.close(mark, 0);
}

function writeAttributes(out: FieldOutput, tag: number, attributes: NativeAttributes): void {
  const { keys, values } = attributes;
  if (keys.length === 0) return;
  const { order, heads } = attributeKeys(keys);
  for (let place = 0; place < order.length; place++)
    writeAttribute(
      out,
      { tag, head: heads[place] as AttributeHead },
      values[order[place] as number] as NativeValue,
    );
}

function writeAttribute(out: FieldOutput, { tag, head }: TaggedHead, value: NativeValue): void {
  if (typeof value === 'string') out.headedText(tag, head, value);
  else if (typeof value === 'number') out.headedNumber(tag, head, value);
  else {
    const guess = head.bytes.length + 3;
    out.need(1);
    out.byte(tag);
    const mark = out.open(guess);
    out.raw(head.bytes);
    if (isNativeList(value)) writeList(out, value);
    else writeAnyValue(out, typeof value === 'boolean' ? { boolValue: value } : value, 0);
    out.close(mark, guess);
  }
}

/** Length and content of an AnyValue that is a list. */
function writeList(out: FieldOutput, list: readonly NativeScalar[]): void {
  const value = out.open(0);
  out.need(1);
  out.byte(0x2a);
  const mark = out.open(0);
  for (const element of list) writeElement(out, element);
  out.close(mark, 0);
  out.close(value, 0);
}

function writeElement(out: FieldOutput, element: NativeScalar): void {
  const guess = typeof element === 'string' ? element.length + 2 : 0;
  // Room for the tag, the length and any number.
  out.need(16);
  out.byte(0x0a);
  const mark = out.open(guess);
  if (typeof element === 'string') {
    out.byte(0x0a);
    out.text(element);
  } else if (typeof element === 'boolean') {
    out.byte(0x10);
    out.byte(element ? 1 : 0);
  } else out.number(element);
  out.close(mark, guess);
}

interface TaggedHead {
  readonly tag: number;
  readonly head: AttributeHead;
}
