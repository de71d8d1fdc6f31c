import { refuseMember, within } from './fault.js';
import { isHex } from './hex.js';
import type { JaegerLog, JaegerReference, JaegerSpan, JaegerTag } from './jaeger-model.js';
import { type PlacedTag, placedAttributes } from './jaeger-tags.js';
import type { ReadSpan } from './jaeger-traces.js';
import type { Span, SpanEvent, SpanLink, SpanStatus } from './model.js';
import type { StoreNotes } from './store-notes.js';
import type { SpanPart } from './stored-traces.js';

/** Where a span stands. */
export interface SpanReading {
  readonly notes: StoreNotes;
  readonly refuseDuplicates: boolean;
  readonly path: string;
}

/** The tags in which Jaeger keeps what OTLP has members for. */
const ownTags = [
  'span.kind',
  'otel.status_code',
  'otel.status_description',
  'otel.scope.name',
  'otel.scope.version',
  'w3c.tracestate',
] as const;
type OwnTag = (typeof ownTags)[number];

const kinds: ReadonlyMap<string, number> = new Map(
  ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'].map((kind, number) => [
    kind,
    number,
  ]),
);
const statusCodes: ReadonlyMap<string, number> = new Map([
  ['UNSET', 0],
  ['OK', 1],
  ['ERROR', 2],
]);

/**
 * A span of Jaeger's JSON as OTLP. What is lost there (flags, dropped counts, scope attributes, what links carry, nanoseconds) is
 * absent; parts that may have lost something are named.
 */
export function spanOfJaeger(span: JaegerSpan & { traceID: string }, reading: SpanReading): ReadSpan {
  const { notes, path } = reading;
  if (span.flags) notes.add('STORE_NO_PLACE', `${path}.flags`);
  if (span.warnings) notes.add('STORE_NO_PLACE', `${path}.warnings`);
  const own = new OwnTags(span.tags, reading);
  const tags = placedAttributes(own.others, { ...reading, member: 'tags' });
  const { parentSpanId, links } = referencesOf(span, reading);
  const events = span.logs.map((log, index) => eventOf(log, index, reading));
  const scope = {
    ...textMember('name', own.text('otel.scope.name')),
    ...textMember('version', own.text('otel.scope.version')),
  };
  const cuts: SpanPart[] = ['span'];
  if (tags.cut || own.ambiguous) cuts.push('attributes');
  if (events.length > 0) cuts.push('events');
  // Jaeger says in a warning that it took an empty link away.
  if (links.length > 0 || span.warnings) cuts.push('links');
  if (links.length > 0) notes.add('STORE_LINKS', `${path}.references`);
  return {
    scope,
    cuts,
    span: {
      traceId: span.traceID,
      spanId: jaegerId(span.spanID, 16, 'spanID'),
      ...textMember('traceState', own.text('w3c.tracestate')),
      ...textMember('parentSpanId', parentSpanId),
      ...textMember('name', span.operationName),
      ...numberMember('kind', kinds.get(own.text('span.kind') ?? '')),
      ...timesOf(span),
      ...listMember('attributes', tags.attributes),
      ...listMember('events', events),
      ...listMember('links', links),
      status: own.status(),
    },
  };
}

/** The tags of Jaeger itself, apart from those of the application. */
class OwnTags {
  readonly others: PlacedTag[] = [];
  ambiguous = false;
  readonly #own = new Map<OwnTag | 'error', string>();

  constructor(tags: readonly JaegerTag[], { notes, path }: SpanReading) {
    const isError = tags.some((tag) => tag.key === 'otel.status_code' && tag.value === 'ERROR');
    for (const [index, tag] of tags.entries()) {
      const name =
        ownTags.find((each) => each === tag.key) ?? (isError && isErrorMark(tag) ? 'error' : undefined);
      const text = name === undefined ? undefined : ownText(name, tag);
      if (name === undefined || text === undefined || this.#own.has(name)) {
        this.others.push({ tag, index });
        if (name === undefined) continue;
        this.ambiguous = true;
        notes.add('STORE_AMBIGUOUS', `${path}.tags[${index}]`);
      } else this.#own.set(name, text);
    }
  }

  text(name: OwnTag): string | undefined {
    return this.#own.get(name);
  }

  status(): SpanStatus {
    return {
      ...textMember('message', this.text('otel.status_description')),
      ...numberMember('code', statusCodes.get(this.text('otel.status_code') ?? '')),
    };
  }
}

/** What Jaeger adds to the status ERROR. */
function isErrorMark({ key, type, value }: JaegerTag): boolean {
  return key === 'error' && type === 'bool' && value === true;
}

/** The text of one of Jaeger's tags; undefined when it holds what Jaeger does not write, so that it is the application's. */
function ownText(name: OwnTag | 'error', { type, value }: JaegerTag): string | undefined {
  if (name === 'error') return '';
  if (type !== 'string' || typeof value !== 'string' || value === '') return undefined;
  if (name === 'span.kind' && !kinds.has(value)) return undefined;
  if (name === 'otel.status_code' && !statusCodes.has(value)) return undefined;
  return value;
}

/** A log: its first field `event` is the name of the event. */
function eventOf({ timestamp, fields }: JaegerLog, index: number, reading: SpanReading): SpanEvent {
  const path = `${reading.path}.logs[${index}]`;
  try {
    const named = fields.findIndex(({ key, type }) => key === 'event' && type === 'string');
    const name = fields[named]?.value;
    const others = fields.flatMap((tag, at): PlacedTag[] => (at === named ? [] : [{ tag, index: at }]));
    if (others.some(({ tag }) => tag.key === 'event')) reading.notes.add('STORE_AMBIGUOUS', `${path}.fields`);
    const { attributes } = placedAttributes(others, { ...reading, path, member: 'fields' });
    return {
      ...nanosMember('timeUnixNano', nanos(timestamp, 'timestamp')),
      ...textMember('name', typeof name === 'string' ? name : undefined),
      ...listMember('attributes', attributes),
    };
  } catch (error) {
    throw within(error, 'logs', index);
  }
}

/** The first CHILD_OF in the same trace is the parent; every other reference is a link. */
function referencesOf(span: JaegerSpan, reading: SpanReading): { parentSpanId: string; links: SpanLink[] } {
  let parent: string | undefined;
  const links: SpanLink[] = [];
  for (const [index, reference] of span.references.entries()) {
    try {
      const { traceId, spanId, isChild } = referenceOf(reference);
      const isParent = isChild && traceId === span.traceID;
      if (isParent && parent === undefined) parent = spanId;
      else links.push({ traceId, spanId });
      if (isParent && parent !== spanId)
        reading.notes.add('STORE_AMBIGUOUS', `${reading.path}.references[${index}]`);
    } catch (error) {
      throw within(error, 'references', index);
    }
  }
  if (span.parentSpanID === undefined) return { parentSpanId: parent ?? '', links };
  const said = jaegerId(span.parentSpanID, 16, 'parentSpanID');
  if (parent !== undefined && parent !== said) {
    refuseMember('parentSpanID', 'VALUE', {
      expected: 'the parent among the references',
      got: 'another span',
    });
  }
  return { parentSpanId: said, links };
}

function referenceOf({ refType, traceID, spanID }: JaegerReference): {
  traceId: string;
  spanId: string;
  isChild: boolean;
} {
  if (refType !== 'CHILD_OF' && refType !== 'FOLLOWS_FROM') {
    refuseMember('refType', 'VALUE', { expected: 'CHILD_OF or FOLLOWS_FROM', got: 'another string' });
  }
  const ids = { traceId: jaegerId(traceID, 32, 'traceID'), spanId: jaegerId(spanID, 16, 'spanID') };
  return { ...ids, isChild: refType === 'CHILD_OF' };
}

/**
 * An id as OTLP spells it. Older Jaegers leave leading zeros out; protobuf's own JSON writes base64, which is no hex because of its
 * padding.
 */
export function jaegerId(text: string | undefined, digits: number, name: string): string {
  if (text !== undefined && text.length <= digits && isHex(text))
    return text.toLowerCase().padStart(digits, '0');
  const bytes = Buffer.from(text ?? '', 'base64');
  if (bytes.length === digits / 2 && bytes.toString('base64') === text) return bytes.toString('hex');
  return refuseMember(name, 'VALUE', { expected: `at most ${digits} hex digits`, got: 'something else' });
}

function timesOf({ startTime, duration }: JaegerSpan): Pick<Span, 'startTimeUnixNano' | 'endTimeUnixNano'> {
  const start = nanos(startTime, 'startTime');
  const end = start + nanos(duration, 'duration');
  if (end > largestNanos) refuseMember('duration', 'VALUE', tooLate);
  return { ...nanosMember('startTimeUnixNano', start), ...nanosMember('endTimeUnixNano', end) };
}

const largestNanos = 2n ** 64n - 1n;
const tooLate = { expected: 'a time before 2^64 nanoseconds', got: 'a later one' };

/** Microseconds as nanoseconds; what lay between is lost. */
function nanos(micros: string | undefined, name: string): bigint {
  const time = BigInt(micros ?? '0') * 1000n;
  if (time > largestNanos) refuseMember(name, 'VALUE', tooLate);
  return time;
}

function nanosMember<Name extends string>(name: Name, time: bigint): { [key in Name]?: string } {
  return time === 0n ? {} : ({ [name]: String(time) } as { [key in Name]?: string });
}

function textMember<Name extends string>(name: Name, text: string | undefined): { [key in Name]?: string } {
  return text === undefined || text === '' ? {} : ({ [name]: text } as { [key in Name]?: string });
}

function numberMember<Name extends string>(name: Name, number = 0): { [key in Name]?: number } {
  return number === 0 ? {} : ({ [name]: number } as { [key in Name]?: number });
}

function listMember<Name extends string, Item>(name: Name, list: Item[]): { [key in Name]?: Item[] } {
  return list.length === 0 ? {} : ({ [name]: list } as { [key in Name]?: Item[] });
}
