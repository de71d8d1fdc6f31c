import type { Attributes, Masker, ServiceMatch } from '@spanseal/mask';
import { snapshotAttributes } from './attribute-snapshot.js';
import type { ReadableSpan } from './readable-span.js';

/** How many running spans of sensitive services are known at once. */
export const sensitiveSpanCapacity = 10_000;

/** Why a span is masked whole: it matched a service, or deciding failed and nobody can tell. */
export type SensitiveMark = ServiceMatch | 'fault';

interface RunningSpan {
  readonly traceId: string;
  readonly mark: SensitiveMark;
}

/**
 * Remembers which running spans belong to a sensitive service, from their start to their end. A child ends before its parent
 * and often knows nothing of it (the HTTP call below an SDK call, to an emulator on 127.0.0.1), so it inherits at its start.
 */
export class SensitiveSpans {
  readonly #masker: Masker;
  readonly #running = new Map<string, RunningSpan>();
  // Eviction forgets a span as a parent, not what it is itself: that lives as long as the span object.
  readonly #marks = new WeakMap<ReadableSpan, SensitiveMark>();
  #evicted = 0;

  constructor(masker: Masker) {
    this.#masker = masker;
  }

  /** How often a running span had to be forgotten as a parent because there were too many. */
  get evicted(): number {
    return this.#evicted;
  }

  /** How many running spans are known to be sensitive. */
  get size(): number {
    return this.#running.size;
  }

  /**
   * Decides about a span that starts, from the attributes it starts with and from its parent.
   *
   * @throws whatever the span or the masker throws; the span and its descendants then count as not decidable.
   */
  start(span: ReadableSpan): void {
    let mark: SensitiveMark | undefined = 'fault';
    try {
      mark = this.#inherited(span) ?? this.#masker.sensitiveService(snapshotAttributes(span.attributes));
    } finally {
      if (mark !== undefined) this.#remember(span, mark);
    }
  }

  /** Forgets a span that ends, and says what was known of it. */
  end(span: ReadableSpan): SensitiveMark | undefined {
    if (this.#running.size === 0 && this.#evicted === 0) return undefined;
    const { spanId, traceId } = span.spanContext();
    const known = this.#running.get(spanId);
    if (known?.traceId !== traceId) return this.#marks.get(span);
    this.#running.delete(spanId);
    return known.mark;
  }

  /** What a span's own attributes say, or else what was known of it. */
  decide(attributes: Attributes, known: ServiceMatch | undefined): ServiceMatch | undefined {
    return this.#masker.sensitiveService(attributes) ?? known;
  }

  #inherited(span: ReadableSpan): SensitiveMark | undefined {
    if (this.#running.size === 0) return undefined;
    const parentId = span.parentSpanContext?.spanId ?? span.parentSpanId;
    const parent = parentId === undefined ? undefined : this.#running.get(parentId);
    return parent !== undefined && parent.traceId === span.spanContext().traceId ? parent.mark : undefined;
  }

  #remember(span: ReadableSpan, mark: SensitiveMark): void {
    const { spanId, traceId } = span.spanContext();
    this.#marks.set(span, mark);
    this.#running.set(spanId, { traceId, mark });
    if (this.#running.size > sensitiveSpanCapacity) this.#evictOldest();
  }

  // A Map iterates in the order of insertion.
  #evictOldest(): void {
    for (const oldest of this.#running.keys()) {
      this.#running.delete(oldest);
      this.#evicted++;
      return;
    }
  }
}
