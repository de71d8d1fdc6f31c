import { type AttributeKeys, attributeKeys } from './attribute-keys.js';
import type { FieldOutput } from './field-output.js';
import type { NativeSpanParts, NativeValue } from './native-span.js';
import { writeEvents, writeLinks, writeStatus } from './span-writer.js';
import { writeAnyValue } from './value-writer.js';

const attributeTag = 0x4a;

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
  writeAttributes(out, attributeKeys(span.keys), span.values);
  marks.attributesEnd = out.at - start;
  if (exact) out.uint32Field(0x50, span.droppedAttributesCount, 'droppedAttributesCount');
  writeEvents(out, span.events);
  marks.eventsEnd = out.at - start;
  if (exact) out.uint32Field(0x60, span.droppedEventsCount, 'droppedEventsCount');
  writeLinks(out, span.links);
  marks.linksEnd = out.at - start;
  if (exact) out.uint32Field(0x70, span.droppedLinksCount, 'droppedLinksCount');
  writeStatus(out, span.status);
  if (exact) out.fixed32Field(0x85, span.flags, 'flags');
}

function writeAttributes(
  out: FieldOutput,
  { order, heads }: AttributeKeys,
  values: readonly NativeValue[],
): void {
  for (let place = 0; place < order.length; place++)
    writeAttribute(out, heads[place] as Uint8Array, values[order[place] as number] as NativeValue);
}

function writeAttribute(out: FieldOutput, head: Uint8Array, value: NativeValue): void {
  if (typeof value === 'string') out.headedText(attributeTag, head, value);
  else if (typeof value === 'number') out.headedNumber(attributeTag, head, value);
  else {
    const guess = head.length + 3;
    out.need(1);
    out.byte(attributeTag);
    const mark = out.open(guess);
    out.raw(head);
    writeAnyValue(out, typeof value === 'boolean' ? { boolValue: value } : value, 0);
    out.close(mark, guess);
  }
}
