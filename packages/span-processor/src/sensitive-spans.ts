import type { Attributes, Masker, ServiceMatch } from '@spanseal/mask';
import { snapshotAttributes } from './attribute-snapshot.js';
import type { ReadableSpan } from './readable-span.js';
import type { Context } from './span-processor.js';

/** How many running spans of sensitive services are known at once. */
export const sensitiveSpanCapacity = 10_000;
/** How many traces are known in which a running span of theirs had to be forgotten. */
const doubtfulTraceCapacity = 50_000;
/** How far up a span's ancestors are asked, each time one starts. */
const mostLevels = 32;

/** Why a span is masked whole: it matched a service, or deciding failed and nobody can tell. */
export type SensitiveMark = ServiceMatch | 'fault';

interface MarkedSpan {
  readonly traceId: string;
  readonly mark: SensitiveMark;
}

/** Where @opentelemetry/api keeps the parent span in a context; the key is registered, so it is the same in every copy. */
const parentSpanKey = Symbol.for('OpenTelemetry Context Key SPAN');

/**
 * Remembers which spans belong to a sensitive service. A child ends before its parent and often knows nothing of it (the
 * HTTP call below an SDK call, to an emulator on 127.0.0.1), so it inherits at its start; a parent can have ended by then.
 */
export class SensitiveSpans {
  readonly #masker: Masker;
  readonly #running = new Map<string, MarkedSpan>();
  readonly #ended = new Map<string, MarkedSpan>();
  // Eviction forgets a span as a parent, not what it is itself; the span object keeps that.
  readonly #marks = new WeakMap<object, SensitiveMark>();
  /** Traces with a parent that had to be forgotten: nobody can tell what their later spans are. The latest of them. */
  readonly #doubtful = new Set<string>();
  /** Of a span that started, the parent as its context has it. */
  readonly #parents = new WeakMap<object, object>();
  #evicted = 0;

  constructor(masker: Masker) {
    this.#masker = masker;
  }

  /** How often a running span had to be forgotten as a parent because there were too many. */
  get evicted(): number {
    return this.#evicted;
  }

  /**
   * Decides about a span that starts, from the attributes it starts with and from its parent.
   *
   * @throws whatever the span or the masker throws; the span and its descendants then count as not decidable.
   */
  start(span: ReadableSpan, parentContext: Context | undefined): void {
    let mark: SensitiveMark | undefined = 'fault';
    try {
      mark =
        this.#inherited(span, parentContext) ??
        this.#masker.sensitiveService(snapshotAttributes(span.attributes));
    } finally {
      if (mark !== undefined) this.#remember(span, mark);
    }
  }

  /** Marks a span as ended, and says what was known of it. */
  end(span: ReadableSpan): SensitiveMark | undefined {
    if (this.#running.size === 0 && this.#evicted === 0) return undefined;
    const { spanId, traceId } = span.spanContext();
    const known = this.#running.get(spanId);
    if (known?.traceId !== traceId) return this.#marks.get(span);
    this.#running.delete(spanId);
    forgetOldest(this.#ended);
    this.#ended.set(spanId, known);
    return known.mark;
  }

  /** What a span's own attributes say, or else what was known of it. */
  decide(attributes: Attributes, known: ServiceMatch | undefined): ServiceMatch | undefined {
    return this.#masker.sensitiveService(attributes) ?? known;
  }

  #inherited(span: ReadableSpan, parentContext: Context | undefined): SensitiveMark | undefined {
    const parentId = span.parentSpanContext?.spanId ?? span.parentSpanId;
    if (parentId === undefined) return undefined;
    const { traceId } = span.spanContext();
    const parent = this.#running.get(parentId) ?? this.#ended.get(parentId);
    if (parent?.traceId === traceId) return parent.mark;
    if (this.#doubtful.has(traceId)) return 'fault';
    const given = spanOf(parentContext);
    if (given === undefined || given.spanContext().spanId !== parentId) return undefined;
    this.#parents.set(span, given);
    return this.#markOfAncestors(given);
  }

  /** An ancestor can have got the attributes that tell after its start, and after the start of what lies between. */
  #markOfAncestors(parent: ReadableSpan): SensitiveMark | undefined {
    let ancestor: object | undefined = parent;
    for (let level = 0; ancestor !== undefined && level < mostLevels; level += 1) {
      const { attributes } = ancestor as ReadableSpan;
      const mark = this.#marks.get(ancestor) ?? this.#masker.sensitiveService(snapshotAttributes(attributes));
      if (mark !== undefined) return mark;
      ancestor = this.#parents.get(ancestor);
    }
    return undefined;
  }

  #remember(span: ReadableSpan, mark: SensitiveMark): void {
    const { spanId, traceId } = span.spanContext();
    this.#evictOldest();
    this.#running.set(spanId, { traceId, mark });
    this.#marks.set(span, mark);
  }

  #evictOldest(): void {
    const forgotten = forgetOldest(this.#running);
    if (forgotten === undefined) return;
    this.#evicted++;
    const [oldest] = this.#doubtful;
    if (oldest !== undefined && this.#doubtful.size >= doubtfulTraceCapacity) this.#doubtful.delete(oldest);
    this.#doubtful.add(forgotten.traceId);
  }
}

/** The span of a context, when its attributes can be read. */
function spanOf(context: Context | undefined): ReadableSpan | undefined {
  const span = context?.getValue(parentSpanKey);
  if (typeof span !== 'object' || span === null || !('attributes' in span)) return undefined;
  return typeof span.attributes === 'object' && span.attributes !== null ? (span as ReadableSpan) : undefined;
}

/** Makes room for one more; says what was forgotten. */
function forgetOldest(spans: Map<string, MarkedSpan>): MarkedSpan | undefined {
  if (spans.size < sensitiveSpanCapacity) return undefined;
  const [oldest] = spans;
  if (oldest === undefined) return undefined;
  spans.delete(oldest[0]);
  return oldest[1];
}
