import { EventPieces } from './event-pieces.js';
import { within } from './fault.js';
import type { FieldOutput } from './field-output.js';
import { checkMembers, listOf } from './member-check.js';
import type { Span, SpanEvent, SpanLink, SpanStatus } from './model.js';
import { spanEvent, spanLink, spanStatus, span as spanType } from './schema.js';
import { writeKeyValues } from './value-writer.js';

/** The one attribute that the canonical forms leave out, by exactly this name. */
export const sealAttributeKey = 'spanseal.seal';

/** The attribute of a checkpoint span: the text of one checkpoint. */
export const checkpointAttributeKey = 'spanseal.checkpoint';

/** Room for the length of a message that is longer than 127 bytes as a rule. */
export const messageGuess = 0x80;

/**
 * The fields of a Span, in number order, without tag and length. The canonical forms leave the seal out.
 *
 * @param except a key that the wire form leaves out.
 */
export function writeSpan(out: FieldOutput, span: Span, except?: typeof sealAttributeKey): void {
  checkMembers(spanType, span);
  const { at: start, marks } = out;
  out.idField(0x0a, span.traceId, 'traceId');
  out.idField(0x12, span.spanId, 'spanId');
  out.textField(0x1a, span.traceState, 'traceState');
  out.idField(0x22, span.parentSpanId, 'parentSpanId');
  out.textField(0x2a, span.name, 'name');
  out.enumField(0x30, span.kind, 'kind');
  out.fixed64Field(0x39, span.startTimeUnixNano, 'startTimeUnixNano');
  out.fixed64Field(0x41, span.endTimeUnixNano, 'endTimeUnixNano');
  marks.attributesStart = out.at - start;
  const place = out.form === 'wire' && except === undefined ? wireAttributes : sealedAttributes;
  writeKeyValues(out, span.attributes, place);
  marks.attributesEnd = out.at - start;
  const exact = out.form !== 'core';
  if (exact) out.uint32Field(0x50, span.droppedAttributesCount, 'droppedAttributesCount');
  writeEvents(out, listOf(span.events, 'events'));
  marks.eventsEnd = out.at - start;
  if (exact) out.uint32Field(0x60, span.droppedEventsCount, 'droppedEventsCount');
  writeLinks(out, listOf(span.links, 'links'));
  if (exact) out.uint32Field(0x70, span.droppedLinksCount, 'droppedLinksCount');
  marks.linksEnd = out.at - start;
  writeStatus(out, span.status);
  if (exact) out.fixed32Field(0x85, span.flags, 'flags');
}

const wireAttributes = { name: 'attributes', tag: 0x4a, depth: 0 };
const sealedAttributes = { ...wireAttributes, except: sealAttributeKey };
const eventAttributes = { name: 'attributes', tag: 0x1a, depth: 0 };
const linkAttributes = { name: 'attributes', tag: 0x22, depth: 0 };

/** The events of a span, each with its tag. */
export function writeEvents(out: FieldOutput, events: readonly SpanEvent[]): void {
  const pieces = new EventPieces(out);
  let i = 0;
  try {
    for (; i < events.length; i++) {
      writeEvent(out, events[i] as SpanEvent);
      pieces.end();
    }
  } catch (error) {
    throw within(error, 'events', i);
  }
  pieces.settle();
}

function writeEvent(out: FieldOutput, event: SpanEvent): void {
  checkMembers(spanEvent, event);
  out.need(1);
  out.byte(0x5a);
  const mark = out.open(messageGuess);
  out.fixed64Field(0x09, event.timeUnixNano, 'timeUnixNano');
  out.textField(0x12, event.name, 'name');
  writeKeyValues(out, event.attributes, eventAttributes);
  if (out.form !== 'core') out.uint32Field(0x20, event.droppedAttributesCount, 'droppedAttributesCount');
  out.close(mark, messageGuess);
}

/** The links of a span, each with its tag. */
export function writeLinks(out: FieldOutput, links: readonly SpanLink[]): void {
  let i = 0;
  try {
    for (; i < links.length; i++) writeLink(out, links[i] as SpanLink);
  } catch (error) {
    throw within(error, 'links', i);
  }
}

function writeLink(out: FieldOutput, link: SpanLink): void {
  checkMembers(spanLink, link);
  out.need(1);
  out.byte(0x6a);
  const mark = out.open(0);
  out.idField(0x0a, link.traceId, 'traceId');
  out.idField(0x12, link.spanId, 'spanId');
  out.textField(0x1a, link.traceState, 'traceState');
  writeKeyValues(out, link.attributes, linkAttributes);
  if (out.form !== 'core') {
    out.uint32Field(0x28, link.droppedAttributesCount, 'droppedAttributesCount');
    out.fixed32Field(0x35, link.flags, 'flags');
  }
  out.close(mark, 0);
}

/** In the canonical forms an absent status is an empty one, which is what a Collector makes of it. */
function writeStatus(out: FieldOutput, status: SpanStatus | undefined): void {
  if (status === undefined && out.form === 'wire') return;
  out.need(1);
  out.byte(0x7a);
  const mark = out.open(0);
  if (status !== undefined) {
    try {
      checkMembers(spanStatus, status);
      out.textField(0x12, status.message, 'message');
      out.enumField(0x18, status.code, 'code');
    } catch (error) {
      throw within(error, 'status');
    }
  }
  out.close(mark, 0);
}
