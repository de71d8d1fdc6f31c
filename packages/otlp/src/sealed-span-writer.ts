import { refuse } from './fault.js';
import type { FieldOutput, SpanMarks } from './field-output.js';
import { listOf } from './member-check.js';
import type { Span } from './model.js';
import { isNativeSpan, type NativeSpan } from './native-span.js';
import { writeNativeEvents, writeNativeLink } from './native-span-writer.js';
import { sealAttributeKey, writeEvents, writeLinks } from './span-writer.js';

/** A core form with its seal, and where its parts end. */
export interface SealedCore {
  readonly bytes: Uint8Array;
  readonly marks: Readonly<SpanMarks>;
  readonly seal: string;
}

const attributesTag = 0x4a;

/** The fields of a sealed span as they are sent: those that its core form has, the writing of which is most of the work, are copied. */
export function writeSealedSpan(out: FieldOutput, span: Span | NativeSpan, sealed: SealedCore): void {
  const { bytes, marks, seal } = sealed;
  const parts = isNativeSpan(span) ? span.parts : span;
  out.raw(bytes.subarray(0, marks.attributesEnd));
  if (!out.asciiKeyValue(attributesTag, sealAttributeKey, seal)) refuse('VALUE', 'a seal', 'another text');
  out.uint32Field(0x50, parts.droppedAttributesCount, 'droppedAttributesCount');
  if (isNativeSpan(span)) writeNativeEvents(out, span.parts.events);
  else writeEvents(out, listOf(span.events, 'events'));
  out.uint32Field(0x60, parts.droppedEventsCount, 'droppedEventsCount');
  if (isNativeSpan(span)) for (const link of span.parts.links) writeNativeLink(out, link);
  else writeLinks(out, listOf(span.links, 'links'));
  out.uint32Field(0x70, parts.droppedLinksCount, 'droppedLinksCount');
  out.raw(bytes.subarray(marks.linksEnd));
  out.fixed32Field(0x85, parts.flags, 'flags');
}
